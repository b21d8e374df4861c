/// Where the fields of the log's format begin within one write, for tearing it there.
///
/// Knows the format by its published description only: skippable frames (magic `0x184D2A5?`) with their fields,
/// and behind a batch header (`0x184D2A52`) the LZ4 frame whose length it holds.
package enum FieldBoundaries {
    package static func of(_ name: String, _ bytes: [UInt8]) -> [Int] {
        if !name.hasSuffix(".lz4") && !name.hasPrefix("tmp-") {
            return Array(stride(from: 8, to: bytes.count, by: 8))
        }
        var places: [Int] = []
        var place = emptyFrameBytes(bytes)
        while let role = magic(bytes, at: place) {
            let end = place + 8 + Int(word(bytes, at: place + 4))
            places += fields.map { place + $0 }.filter { $0 < end } + [end]
            if role == batchRole, place + 32 <= bytes.count {
                let frameEnd = end + Int(word(bytes, at: place + 28))
                places += [
                    end + 4, end + 6, end + 14, end + 15, end + 19, frameEnd - 8, frameEnd - 4, frameEnd,
                ]
                place = frameEnd
            } else {
                place = end
            }
        }
        return places
    }

    /// Offsets of the fields of our frames; those of the longest one, the segment header, come in steps of 8.
    private static let fields = [0, 4, 8, 12, 16, 24, 28, 32, 40, 48, 52, 56, 64, 72, 80, 88]
    private static let batchRole: UInt32 = 0x184D_2A52

    private static func emptyFrameBytes(_ bytes: [UInt8]) -> Int {
        magicNumber(bytes, at: 0) == 0x184D_2204 ? 11 : 0
    }

    private static func magic(_ bytes: [UInt8], at place: Int) -> UInt32? {
        guard let number = magicNumber(bytes, at: place), number & 0xFFFF_FFF0 == 0x184D_2A50 else {
            return nil
        }
        return number
    }

    private static func magicNumber(_ bytes: [UInt8], at place: Int) -> UInt32? {
        place + 8 <= bytes.count ? word(bytes, at: place) : nil
    }

    private static func word(_ bytes: [UInt8], at place: Int) -> UInt32 {
        // Unsafe: the caller checked that four bytes lie there; the load itself is checked again.
        bytes.withUnsafeBytes {
            UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        }
    }
}
