import Synchronization

/// How a sequencer ended, for those who wait for it.
final class SequencerTermination: Sendable {
    private typealias Waiter = CheckedContinuation<Result<Void, EngineError>, Never>

    private enum Stage {
        case running([Waiter])
        case ended(Result<Void, EngineError>)
    }

    private let stage = Mutex(Stage.running([]))

    /// Called once, by the sequencer's thread as the last thing it does.
    func reach(_ result: Result<Void, EngineError>) {
        let waiters = stage.withLock { stage -> [Waiter] in
            defer { stage = .ended(result) }
            guard case .running(let waiters) = stage else { return [] }
            return waiters
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }

    /// How it ended; nil while it runs.
    var result: Result<Void, EngineError>? {
        stage.withLock { stage in
            guard case .ended(let result) = stage else { return nil }
            return result
        }
    }

    func wait() async -> Result<Void, EngineError> {
        await withCheckedContinuation { continuation in
            let ended = stage.withLock { stage -> Result<Void, EngineError>? in
                switch stage {
                case .ended(let result): return result
                case .running(let waiters):
                    stage = .running(waiters + [continuation])
                    return nil
                }
            }
            if let ended { continuation.resume(returning: ended) }
        }
    }
}
