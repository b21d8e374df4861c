import TestSupport

/// One change to a file's content that has not been synced yet.
public enum ContentOperation: Hashable, Sendable {
    case write(offset: Int, bytes: [UInt8])
    case truncate(size: Int)
}

/// What became of one pending content operation when the power went.
public enum ContentOutcome: Hashable, Sendable {
    case lost
    case landed
    /// Only of a write.
    case torn(Tear)

    var isTorn: Bool {
        if case .torn = self { true } else { false }
    }
}

/// How a write was torn: which of its bytes landed, and what stands where the others should.
public struct Tear: Hashable, Sendable {
    /// The state of the bytes that did not land.
    public enum Rest: Hashable, Sendable {
        /// What was there before; a file is no longer than its last landed byte.
        case old
        /// Zeros: the new length landed, or a block was allocated, without its data.
        case zeros
        /// Noise drawn from this seed.
        case noise(seed: UInt64)
    }

    /// Ranges within the write, ascending.
    public var landed: [Range<Int>]
    public var rest: Rest

    public init(landed: [Range<Int>], rest: Rest) {
        self.landed = landed
        self.rest = rest
    }
}

extension FileContent {
    /// Applies an operation as far as it landed.
    ///
    /// Powersafe overwrite is obeyed: a torn write never changes a byte that is equal in the old and the new
    /// content. Bytes beyond the old end have no old content, so there noise may stand anywhere.
    public mutating func apply(_ operation: ContentOperation, _ outcome: ContentOutcome) {
        switch (operation, outcome) {
        case (_, .lost), (.truncate, .torn): return
        case (.truncate(let size), .landed): resize(to: size)
        case (.write(let offset, let bytes), .landed): bytes.withUnsafeBytes { write($0, at: offset) }
        case (.write(let offset, let bytes), .torn(let tear)): tearWrite(bytes, at: offset, tear)
        }
    }

    private mutating func tearWrite(_ new: [UInt8], at offset: Int, _ tear: Tear) {
        if tear.rest != .old { spoil(new, at: offset, tear.rest) }
        for range in tear.landed {
            new.withUnsafeBytes {
                write(UnsafeRawBufferPointer(rebasing: $0[range]), at: offset + range.lowerBound)
            }
        }
    }

    /// Puts zeros or noise over the whole range of a write, except where old and new agree.
    private mutating func spoil(_ new: [UInt8], at offset: Int, _ rest: Tear.Rest) {
        let oldEnd = count
        if offset + new.count > oldEnd { resize(to: offset + new.count) }
        for start in stride(from: 0, to: new.count, by: Self.spoiledBlock) {
            let end = min(start + Self.spoiledBlock, new.count)
            let isOld = offset + end <= oldEnd
            let isEqual = new.withUnsafeBytes { block in
                holds(UnsafeRawBufferPointer(rebasing: block[start..<end]), at: offset + start)
            }
            if isOld && isEqual { continue }
            spoilBlock(start..<end, of: new, at: offset, oldEnd: oldEnd, rest)
        }
    }

    private mutating func spoilBlock(
        _ range: Range<Int>,
        of new: [UInt8],
        at offset: Int,
        oldEnd: Int,
        _ rest: Tear.Rest
    ) {
        var noise: SeededRandom? =
            if case .noise(let seed) = rest { SeededRandom(seed: seed &+ UInt64(range.lowerBound)) } else {
                nil
            }
        for index in range {
            let byte = UInt8(truncatingIfNeeded: noise?.next() ?? 0)
            let place = offset + index
            if place >= oldEnd || bytes[place] != new[index] { damage(at: place) { _ in byte } }
        }
    }

    /// Blocks of this size that are equal in old and new are skipped as a whole.
    private static let spoiledBlock = 256
}
