import Orchestration
import Synchronization

/// How often the sequencer refused what, since the engine was opened.
final class RefusalCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    var all: [String: Int] { counts.withLock { $0 } }

    func note(_ refusal: Refusal) {
        let name = refusal.name
        counts.withLock { $0[name, default: 0] += 1 }
    }

    /// The items of a bulk completion are refused one by one.
    func note(_ answer: CommandResult) {
        guard case .outcomes(let outcomes) = answer else { return }
        for case .some(let refusal) in outcomes { note(refusal) }
    }
}
