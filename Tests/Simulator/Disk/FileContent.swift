import Glibc

/// The bytes of one simulated file: a value, shared until one of its copies is written to.
///
/// Snapshots of a disk are therefore cheap, and a write after one costs a copy of that file alone. Everything
/// moves in blocks, so that a debug build of the simulator stays fast.
package struct FileContent: Hashable, Sendable {
    package private(set) var bytes: [UInt8]

    package init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    package var count: Int { bytes.count }

    package static func == (left: FileContent, right: FileContent) -> Bool {
        left.count == right.count && left.bytes.withUnsafeBytes { right.holds($0, at: 0) }
    }

    /// Writes at `offset`; a gap between the present end and `offset` becomes zeros.
    package mutating func write(_ source: UnsafeRawBufferPointer, at offset: Int) {
        if offset + source.count > bytes.count { resize(to: offset + source.count) }
        // Unsafe: one block move into storage that the line above made long enough.
        bytes.withUnsafeMutableBytes { target in
            UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + source.count]).copyMemory(
                from: source
            )
        }
    }

    /// Cuts, or extends with zeros.
    package mutating func resize(to size: Int) {
        if size == bytes.count { return }
        let kept = min(size, bytes.count)
        // Unsafe: fills exactly `size` bytes, the kept ones by a block move and the rest with zeros.
        bytes = [UInt8](unsafeUninitializedCapacity: size) { target, count in
            let raw = UnsafeMutableRawBufferPointer(target)
            bytes.withUnsafeBytes { raw.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<kept])) }
            UnsafeMutableRawBufferPointer(rebasing: raw[kept..<size]).initializeMemory(
                as: UInt8.self,
                repeating: 0
            )
            count = size
        }
    }

    /// Copies what there is from `offset` on and returns how much it was; 0 at the end.
    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard offset < bytes.count else { return 0 }
        let count = min(buffer.count, bytes.count - offset)
        // Unsafe: one block move between ranges that were both just bounded by `count`.
        bytes.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
        }
        return count
    }

    /// Whether exactly these bytes stand at `offset`.
    func holds(_ other: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        guard offset + other.count <= bytes.count, let first = other.baseAddress else { return other.isEmpty }
        // Unsafe: compares a range that was just checked to lie within the content.
        return bytes.withUnsafeBytes { held in
            guard let start = held.baseAddress else { return false }
            return memcmp(start + offset, first, other.count) == 0
        }
    }

    /// Changes bytes by hand: bit rot, or a misdirected write.
    package mutating func damage(at offset: Int, _ change: (UInt8) -> UInt8) {
        bytes[offset] = change(bytes[offset])
    }

    /// A content of a copied block of memory.
    static func copy(of source: UnsafeRawBufferPointer) -> [UInt8] {
        // Unsafe: one block move, where `Array(source)` would go byte by byte in a debug build.
        [UInt8](unsafeUninitializedCapacity: source.count) { target, count in
            UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
            count = source.count
        }
    }
}
