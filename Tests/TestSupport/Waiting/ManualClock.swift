import Synchronization

/// A clock that stands until a test moves it, and tells the test who sleeps.
package final class ManualClock: Clock {
    package struct Instant: InstantProtocol {
        var offset: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let end: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var tickets = 0
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [(end: Instant, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock { $0.now } }
    package var minimumResolution: Duration { .zero }

    package func sleep(until end: Instant, tolerance: Duration?) async throws {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if end <= state.now { return .success(()) }
                    state.sleepers[ticket] = Sleeper(end: end, continuation: continuation)
                    let known = state.watchers.filter { $0.end == end }
                    state.watchers.removeAll { $0.end == end }
                    for watcher in known { watcher.continuation.resume() }
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: ticket) }?
                .continuation.resume(throwing: CancellationError())
        }
    }

    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now.offset += duration
            let woken = state.sleepers.filter { $0.value.end <= state.now }
            for ticket in woken.keys { state.sleepers[ticket] = nil }
            return woken.values
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Waits until somebody sleeps until exactly `offset` after the clock's beginning.
    package func sleeper(until offset: Duration) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                let end = Instant(offset: offset)
                if state.sleepers.values.contains(where: { $0.end == end }) { return true }
                state.watchers.append((end, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
