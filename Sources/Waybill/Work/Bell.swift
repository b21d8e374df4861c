import Synchronization

/// Wakes the one who waits at it; a ring is remembered, so none is lost between looking and waiting.
final class Bell: Sendable {
    private struct State {
        var isRung = false
        var sleeper: CheckedContinuation<Void, Never>?
    }

    private let clock: WorkClock
    private let state = Mutex(State())

    init(_ clock: WorkClock) {
        self.clock = clock
    }

    func ring() {
        let sleeper = state.withLock { state in
            state.isRung = true
            defer { state.sleeper = nil }
            return state.sleeper
        }
        sleeper?.resume()
    }

    /// Until somebody rings, or until `moment`; whoever waits looks at everything anew then.
    func wait(until moment: Duration? = nil) async {
        let timer = moment.map { moment in
            Task {
                await clock.wait(until: moment)
                ring()
            }
        }
        await withCheckedContinuation { sleeper in
            let isRung = state.withLock { state in
                if !state.isRung { state.sleeper = sleeper }
                return state.isRung
            }
            if isRung { sleeper.resume() }
        }
        timer?.cancel()
        await timer?.value
        state.withLock { $0.isRung = false }
    }
}
