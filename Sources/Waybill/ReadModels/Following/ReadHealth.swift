import Synchronization

/// The first error that stopped a read model; nil while all of them follow.
final class ReadHealth: Sendable {
    private let first = Mutex<EngineError?>(nil)

    var failure: EngineError? { first.withLock { $0 } }

    func note(_ error: EngineError) {
        first.withLock { $0 = $0 ?? error }
    }
}
