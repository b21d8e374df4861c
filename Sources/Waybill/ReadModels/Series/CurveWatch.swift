import Orchestration
import Synchronization

/// Who waits for news of which job's curve.
///
/// A batch wakes those to whom it says something, and nobody else. While nobody waits it costs a look at one lock.
final class CurveWatch: Sendable {
    fileprivate struct Watcher {
        let series: String
        /// Whether there were news since the watcher came.
        var isCalled = false
        var continuation: CheckedContinuation<Bool, Never>?
    }

    fileprivate struct State {
        var watchers: [JobID: [UInt64: Watcher]] = [:]
        var tickets: UInt64 = 0
        var hasEnded = false
    }

    /// A place in the line of those who wait.
    struct Ticket: Sendable {
        fileprivate let job: JobID
        fileprivate let number: UInt64
    }

    private let state = Mutex(State())

    /// Whether nothing more comes.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Enrols somebody who will look at the models once more before waiting, so that no news fall between the two.
    func enrol(_ job: JobID, _ series: String) -> Ticket {
        state.withLock { state in
            state.tickets += 1
            state.watchers[job, default: [:]][state.tickets] = Watcher(series: series)
            return Ticket(job: job, number: state.tickets)
        }
    }

    func withdraw(_ ticket: Ticket) {
        state.withLock { $0.remove(ticket) }?.resume(returning: false)
    }

    /// Waits for news since the enrolment and ends it; false when nothing more comes or the task was cancelled.
    func wait(_ ticket: Ticket) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    let watcher = state.watchers[ticket.job]?[ticket.number]
                    guard let watcher, !watcher.isCalled, !state.hasEnded, !Task.isCancelled else {
                        _ = state.remove(ticket)
                        return watcher?.isCalled == true && !state.hasEnded && !Task.isCancelled
                    }
                    state.watchers[ticket.job]?[ticket.number]?.continuation = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            withdraw(ticket)
        }
    }

    /// Calls those to whom the batches say something, once every model shows them.
    func call(_ batches: [FoldedBatch]) {
        let woken = state.withLock { state -> [CheckedContinuation<Bool, Never>] in
            guard !state.watchers.isEmpty else { return [] }
            var woken: [CheckedContinuation<Bool, Never>] = []
            for batch in batches {
                for index in batch.events.indices {
                    if case .pointsAdded(let job, let series, _) = batch.events[index].body {
                        state.call(job, series, &woken)
                    } else if batch.steps[index].isEnd, let job = batch.events[index].body.job {
                        state.call(job, nil, &woken)
                    }
                }
            }
            return woken
        }
        for continuation in woken { continuation.resume(returning: true) }
    }

    /// Nothing more comes: nobody waits for ever.
    func end() {
        let left = state.withLock { state in
            defer { state.watchers = [:] }
            state.hasEnded = true
            return state.watchers.values.flatMap { $0.values.compactMap(\.continuation) }
        }
        for continuation in left { continuation.resume(returning: false) }
    }
}

extension CurveWatch.State {
    /// The one who waits under the ticket, if it does.
    fileprivate mutating func remove(_ ticket: CurveWatch.Ticket) -> CheckedContinuation<Bool, Never>? {
        let watcher = watchers[ticket.job]?.removeValue(forKey: ticket.number)
        if watchers[ticket.job]?.isEmpty == true { watchers[ticket.job] = nil }
        return watcher?.continuation
    }

    /// Those who watch the series, or any series of the job.
    fileprivate mutating func call(
        _ job: JobID,
        _ series: String?,
        _ woken: inout [CheckedContinuation<Bool, Never>]
    ) {
        guard let watching = watchers[job] else { return }
        for (number, watcher) in watching where series.map({ $0 == watcher.series }) ?? true {
            if let continuation = watcher.continuation {
                woken.append(continuation)
                _ = remove(CurveWatch.Ticket(job: job, number: number))
            } else {
                watchers[job]?[number]?.isCalled = true
            }
        }
    }
}
