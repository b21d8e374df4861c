import EventLog
import Simulator
import TestSupport
import Testing

struct TornWriteTests {
    let disk = SimulatedDisk()

    @Test
    func `a write tears at its first byte, its last byte and the sectors between`() throws {
        let file = try disk.durableFile("a", "------")
        try disk.put("abcdef", in: file)
        let points = TearPoints(sectorBytes: 4, rests: [.old])
        #expect(
            disk.outcomes(points, tearsAtOnce: 1) == [
                "a=------", "a=abcdef", "a=a-----", "a=-bcdef", "a=abcd--", "a=----ef", "a=abcde-",
                "a=-----f",
            ]
        )
    }

    @Test
    func `sectors are counted from the start of the file`() throws {
        let file = try disk.durableFile("a", "------")
        try disk.put("cdef", at: 2, in: file)
        let points = TearPoints(sectorBytes: 4, rests: [.old], includesSuffixes: false)
        #expect(
            disk.outcomes(points, tearsAtOnce: 1) == [
                "a=------", "a=--cdef", "a=--c---", "a=--cd--", "a=--cde-",
            ]
        )
    }

    @Test
    func `the boundaries of fields are torn, and the bytes beside them`() throws {
        let file = try disk.durableFile("a", "--------")
        try disk.put("abcdefgh", in: file)
        let points = TearPoints(sectorBytes: 0, rests: [.old], includesSuffixes: false) { name, _ in
            name == "a" ? [4] : []
        }
        #expect(
            disk.outcomes(points, tearsAtOnce: 1) == [
                "a=--------", "a=abcdefgh", "a=a-------", "a=abc-----", "a=abcd----", "a=abcde---",
                "a=abcdefg-",
            ]
        )
    }

    @Test
    func `an extension may show zeros where its data did not land`() throws {
        let file = try disk.durableFile("a", "1")
        try disk.put("23", at: 1, in: file)
        let points = TearPoints(sectorBytes: 0, rests: [.old, .zeros])
        #expect(disk.outcomes(points, tearsAtOnce: 1) == ["a=1", "a=123", "a=12", "a=1.3", "a=1..", "a=12."])
    }

    @Test
    func `a fill of zeros is not torn`() throws {
        let file = try disk.open("a", .create)
        try disk.syncDirectory("")
        try disk.put(String(repeating: "\0", count: 16), in: file)
        let points = TearPoints(sectorBytes: 4, rests: [.old])
        #expect(disk.outcomes(points, tearsAtOnce: 1) == ["a=", "a=................"])
    }

    @Test
    func `only as many writes are torn at once as asked`() throws {
        let file = try disk.durableFile("a", "----")
        try disk.put("ab", in: file)
        try disk.put("cd", at: 2, in: file)
        let points = TearPoints(sectorBytes: 0, rests: [.old], includesSuffixes: false)
        #expect(
            disk.outcomes(points, tearsAtOnce: 1) == [
                "a=----", "a=ab--", "a=--cd", "a=abcd", "a=a---", "a=a-cd", "a=--c-", "a=abc-",
            ]
        )
        #expect(disk.outcomes(points, tearsAtOnce: 2).contains("a=a-c-"))
    }

    @Test(arguments: UInt64(0)..<200)
    func `noise never changes a byte that is equal in old and new`(seed: UInt64) throws {
        let old = Array("same-old-same".utf8)
        let new = Array("same-new-same!?".utf8)
        var random = SeededRandom(seed: seed)
        let place = random.below(new.count)
        var content = FileContent(old)
        let tear = Tear(landed: [place..<place], rest: .noise(seed: seed))
        content.apply(.write(offset: 0, bytes: new), .torn(tear))
        #expect(content.count == new.count, "seed \(seed)")
        for index in old.indices where old[index] == new[index] {
            #expect(content.bytes[index] == old[index], "seed \(seed), byte \(index)")
        }
    }

    @Test
    func `a sampled crash is one of the outcomes that are enumerated`() throws {
        let file = try disk.durableFile("a", "1234")
        try disk.put("ab", in: file)
        try disk.rename("a", to: "b")
        let point = disk.crashPoint()
        let points = TearPoints(sectorBytes: 0, rests: [.old, .zeros])
        let all = disk.outcomes(points, tearsAtOnce: 1)
        for seed in UInt64(0)..<200 {
            var random = SeededRandom(seed: seed)
            let image = point.image(CrashSampler.choice(at: point, &random))
            let isNoise = image.files.values.contains { $0.bytes.contains { !"1234ab\0".utf8.contains($0) } }
            #expect(isNoise || all.contains(image.text), "seed \(seed): \(image.text)")
        }
    }
}
