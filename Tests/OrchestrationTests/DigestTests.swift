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
        for _ in 0..<600 { try trial.play(random.next(trial.core)) }
        var bytes: [UInt8] = []
        for event in trial.core.log { EventCodec.encode(event, into: &bytes) }
        #expect(print(bytes) == 16_238_311_542_854_415_666)
        #expect(print(canonical(trial.core.state)) == 5_853_901_567_017_462_293)
    }
}
