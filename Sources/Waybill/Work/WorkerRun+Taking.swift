import Orchestration

extension WorkerRun {
    /// How long the engine keeps one request for work; then it is made again.
    private static let wait = TimeSpan.seconds(60)

    /// Tells the engine who works here, and with how many slots.
    func register() async {
        _ = await ask { () async throws(EngineError) -> [Lease] in
            try await self.engine.register(self.worker, by: self.context)
            return []
        }
    }

    /// The next leases, as many as there are free slots at most; nil when nothing more is to be taken.
    ///
    /// A worker that an operator drains keeps its request: the engine gives it nothing until it registers anew.
    func nextLeases() async -> [Lease]? {
        while isTaking {
            let free = freeSlots
            guard free > 0 else {
                await taking.wait()
                continue
            }
            let request = DispatchRequest(
                worker: worker.name,
                queues: worker.queues,
                kinds: worker.kinds,
                max: free,
                machine: options.machine,
                wait: Self.wait
            )
            let leases = await ask { () async throws(EngineError) in
                try await self.engine.dispatch(request, by: self.context).value
            }
            if !leases.isEmpty { return leases }
        }
        return nil
    }

    /// Asks in a task of its own, because the end of the run cancels what it asks for, and nothing else.
    private func ask(
        _ question: @escaping @Sendable () async throws(EngineError) -> [Lease]
    ) async -> [Lease] {
        let asking = Asking {
            do throws(EngineError) {
                return .success(try await self.patiently(while: { !Task.isCancelled }, question))
            } catch {
                return .failure(error)
            }
        }
        hold(asking)
        defer { hold(nil) }
        switch await asking.value {
        case .success(let leases): return leases
        case .failure(.callerGone): return []
        case .failure(let error):
            if !error.isPassing { fail(error) }
            return []
        }
    }
}

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
