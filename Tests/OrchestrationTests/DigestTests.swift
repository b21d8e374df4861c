import Orchestration
import Testing

/// I6 between processes: hash seeds differ from one to the next, and nothing of them may show.
struct DigestTests {
    /// FNV-1a over the bytes.
    private func print(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    /// What another process computed once; a new format, or other random commands, give new numbers.
    @Test
    func `a fixed sequence has the same events and the same canonical state in every process`() throws {
        var random = RandomSteps(seed: 4711, drawsGroups: false)
        var trial = try Trial()
        for _ in 0..<600 { try trial.play(random.next(trial.bench)) }
        var bytes: [UInt8] = []
        for event in trial.bench.log { EventCodec.encode(event, into: &bytes) }
        #expect(print(bytes) == 10_578_802_140_886_169_185)
        #expect(print(canonical(trial.bench.state)) == 10_006_116_938_466_176_387)
    }
}
