/// Wakes the one who waits for it; a signal is remembered, so none is lost between looking and waiting.
final class AsyncSignal: Sendable {
    private let clock: WorkClock
    private let isRaised = AsyncCondition(false)

    init(_ clock: WorkClock) {
        self.clock = clock
    }

    func raise() {
        isRaised.signal { $0 = true }
    }

    /// Until somebody raises it, or until `moment`; whoever waits looks at everything anew then.
    func wait(until moment: Duration? = nil) async {
        let timer = moment.map { moment in
            Task {
                await clock.wait(until: moment)
                raise()
            }
        }
        await isRaised.wait { isRaised -> Void? in isRaised ? () : nil }
        timer?.cancel()
        await timer?.value
        isRaised.withLock { $0 = false }
    }
}
