import Orchestration

extension WorkerRun {
    private static let firstPause = Duration.milliseconds(50)
    private static let longestPause = Duration.seconds(2)

    /// Asks again, after growing pauses, while the engine has no room for the question and it still makes sense.
    func patiently<Value>(
        while makesSense: () -> Bool,
        _ ask: () async throws(EngineError) -> Value
    ) async throws(EngineError) -> Value {
        var pause = Self.firstPause
        while true {
            let refused: EngineError
            do throws(EngineError) {
                return try await ask()
            } catch {
                guard error.isPassing, makesSense() else { throw error }
                refused = error
            }
            await clock.wait(until: clock.now + pause)
            guard makesSense() else { throw refused }
            pause = min(pause * 2, Self.longestPause)
        }
    }
}

extension EngineError {
    /// Nothing was written, and the same command may be taken a moment later.
    var isPassing: Bool {
        switch self {
        case .noSpace, .intakeFull: true
        default: false
        }
    }
}
