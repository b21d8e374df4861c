import Simulator
import Testing

struct StandardDecoderTests {
    /// The empty frame that `lz4` writes for an empty input, by its format description.
    static let emptyFrame: [UInt8] = [
        0x04, 0x22, 0x4D, 0x18, 0x64, 0x40, 0xA7, 0, 0, 0, 0, 0x05, 0x5D, 0xCC, 0x02,
    ]
    static let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]

    @Test
    func `skippable and empty frames decode to nothing`() throws {
        #expect(try StandardDecoder().decode(Self.emptyFrame + Self.skippable + Self.emptyFrame) == [])
        #expect(try StandardDecoder().decode([]) == [])
    }

    @Test
    func `bytes between frames are refused`() throws {
        let decoder = try StandardDecoder()
        #expect(throws: StandardDecoder.Failure.self) { try decoder.decode(Self.emptyFrame + [0, 0, 0, 0]) }
        #expect(throws: StandardDecoder.Failure.truncated) {
            try decoder.decode(Array(Self.emptyFrame.dropLast()))
        }
        #expect(throws: StandardDecoder.Failure.truncated) {
            try decoder.decode(Array(Self.skippable.dropLast()))
        }
        #expect(try decoder.decode(Self.emptyFrame) == [])
    }
}
