/// Where the explorer tears a write.
///
/// At the edges of sectors, after the first byte, before the last one, and around the boundaries of the format's
/// fields. Places inside a run of zeros are left out: a torn fill of zeros is one operation.
package struct TearPoints: Sendable {
    /// Bytes of a sector; 0 tears at no sector.
    package var sectorBytes: Int
    /// Offsets within a write at which fields begin, by the file's name and the bytes written.
    package var boundaries: @Sendable (_ name: String, _ bytes: [UInt8]) -> [Int]
    /// What may stand where bytes did not land.
    package var rests: [Tear.Rest]
    /// Whether the later part of a write may land without the earlier one.
    package var includesSuffixes: Bool
    /// Files whose bytes decide nothing: all that is pending lands, or none of it.
    package var indifferent: Set<String> = ["LOCK"]

    package init(
        sectorBytes: Int = 512,
        rests: [Tear.Rest] = [.old, .zeros, .noise(seed: 1)],
        includesSuffixes: Bool = true,
        boundaries: @escaping @Sendable (_ name: String, _ bytes: [UInt8]) -> [Int] = { _, _ in [] }
    ) {
        self.sectorBytes = sectorBytes
        self.rests = rests
        self.includesSuffixes = includesSuffixes
        self.boundaries = boundaries
    }

    /// Every field of the log's format, every sector, and all that may stand in the place of what is missing.
    package static let thorough = TearPoints(boundaries: FieldBoundaries.of)
    /// The same places with one thing that may stand there: for a build without optimisation.
    package static let quick = TearPoints(rests: [.noise(seed: 1)], boundaries: FieldBoundaries.of)

    /// Every tear of one write, the ones where nothing landed but the room for it included.
    package func tears(of bytes: [UInt8], at offset: Int, in name: String) -> [Tear] {
        var landed: [[Range<Int>]] = [[]]
        for place in places(in: bytes, at: offset, name) {
            landed.append([0..<place])
            if includesSuffixes { landed.append([place..<bytes.count]) }
        }
        return landed.flatMap { ranges in rests.map { Tear(landed: ranges, rest: $0) } }
    }

    /// First and last byte, and the edges of sectors.
    private func sectorPlaces(in bytes: [UInt8], at offset: Int) -> [Int] {
        guard sectorBytes > 0 else { return [1, bytes.count - 1] }
        return [1, bytes.count - 1]
            + stride(from: sectorBytes - offset % sectorBytes, to: bytes.count, by: sectorBytes)
    }

    private func places(in bytes: [UInt8], at offset: Int, _ name: String) -> [Int] {
        var places = Set(sectorPlaces(in: bytes, at: offset))
        for boundary in boundaries(name, bytes) { places.formUnion([boundary - 1, boundary, boundary + 1]) }
        return places.filter { place in
            place > 0 && place < bytes.count && (bytes[place - 1] != 0 || bytes[place] != 0)
        }.sorted()
    }
}
