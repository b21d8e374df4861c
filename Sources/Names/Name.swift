/// A name: the text that stands for a queue, a kind, a tag, a worker, a machine, a series, an actor or a key.
///
/// Two names are one when their bytes in UTF-8 are the same (RFC 8259 §8.3): `"caf\u{e9}"` and `"cafe\u{301}"` are two,
/// though they look alike. `String` calls them one, by tables that each version of Unicode changes, and a log must fold
/// to the same state on any machine. Names are ordered by their bytes too, which is the order of their scalars.
///
/// A literal is a name; a text that you hold becomes one by ``init(_:)``:
///
/// ```swift
/// let job = JobSpecification(kind: "invoice", queue: Name(customer))
/// print(job.queue.text)
/// ```
public struct Name: Hashable, Comparable, Sendable {
    /// The name as text: in its own spelling, never normalised.
    public let text: String

    /// The name that is spelled so.
    public init(_ text: String) {
        self.text = text
    }

    /// Whether it has no byte.
    public var isEmpty: Bool { text.isEmpty }

    /// Its bytes.
    public var utf8: String.UTF8View { text.utf8 }

    public static func == (left: Name, right: Name) -> Bool {
        left.text.utf8.span.bytes.isSame(as: right.text.utf8.span.bytes)
    }

    public static func < (left: Name, right: Name) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        text.utf8.span.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        // No byte of UTF-8 is this one, so names hashed one after the other keep their ends.
        hasher.combine(0xff as UInt8)
    }
}

extension Name: ExpressibleByStringInterpolation, CustomStringConvertible, CustomDebugStringConvertible {
    /// A literal, or one with values in it.
    public init(stringLiteral text: String) { self.init(text) }
    public var description: String { text }
    /// In quotes, as a text in a list is shown.
    public var debugDescription: String { text.debugDescription }
}

extension RawSpan {
    /// Eight bytes at a time: names are compared in every look-up of the core.
    @inline(__always)
    fileprivate func isSame(as other: RawSpan) -> Bool {
        guard byteCount == other.byteCount else { return false }
        var offset = 0
        // Unchecked: each load ends at or before the count, which both have.
        while offset + 8 <= byteCount {
            let mine = unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
            let theirs = other.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
            if mine != theirs { return false }
            offset += 8
        }
        while offset < byteCount {
            let mine = unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
            if mine != other.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self) { return false }
            offset += 1
        }
        return true
    }
}
