import Glibc
import Synchronization

/// The bounded door to the sequencer: callers leave entries, the sequencer's thread takes all that wait.
///
/// A condition variable, because the one who waits is a thread, which also wakes for timers.
// Sendable unchecked: `entries`, `waiting` and `closing` are only touched while `mutex` is held.
final class Intake: @unchecked Sendable {
    enum Verdict {
        case accepted, full
        case closed(EngineError)
    }

    let capacity: Int
    // Pointers, because POSIX wants these two at an address that never changes.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var entries: [IntakeEntry] = []
    private var waiting = 0
    /// Why nothing more is accepted; nil while it is open.
    private var closing: EngineError?
    /// How many entries wait, for a look without the mutex.
    private let arrived = Atomic<Int>(0)

    private let callers = Atomic<UInt64>(0)

    init(capacity: Int) {
        self.capacity = capacity
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Leaves an entry of some `Command/weight`; one that is heavier than the whole intake is let in
    /// alone.
    func offer(_ entry: IntakeEntry, weight: Int) -> Verdict {
        pthread_mutex_lock(mutex)
        if let closing {
            pthread_mutex_unlock(mutex)
            return .closed(closing)
        }
        guard waiting + weight <= capacity || waiting == 0 else {
            pthread_mutex_unlock(mutex)
            return .full
        }
        let wakes = entries.isEmpty
        entries.append(entry)
        waiting += weight
        arrived.store(entries.count, ordering: .relaxed)
        pthread_mutex_unlock(mutex)
        if wakes { pthread_cond_signal(condition) }
        return .accepted
    }

    /// A number that no other caller has.
    func nextCaller() -> UInt64 { callers.add(1, ordering: .relaxed).newValue }

    /// Nothing more is accepted, and the first `reason` is what callers are told; what waits is still taken.
    func close(_ reason: EngineError = .closed) {
        pthread_mutex_lock(mutex)
        closing = closing ?? reason
        pthread_mutex_unlock(mutex)
        pthread_cond_signal(condition)
    }

    /// Entries that wait, as of a moment ago.
    var count: Int { arrived.load(ordering: .relaxed) }

    /// Swaps everything that waits into `taken` (which must be empty), having waited for it as long as `wait` says.
    ///
    /// False when the intake is closed and empty.
    func take(into taken: inout [IntakeEntry], _ wait: IntakeWait) -> Bool {
        let start = ClockSource.monotonicNanoseconds()
        while count == 0, ClockSource.monotonicNanoseconds() - start < wait.spinNanoseconds { sched_yield() }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while entries.isEmpty, closing == nil, sleep(wait.sleep, since: start) {}
        swap(&taken, &entries)
        waiting = 0
        arrived.store(0, ordering: .relaxed)
        return closing == nil || !taken.isEmpty
    }

    /// Lets go of the mutex until somebody signals; false when there was no time left for that.
    private func sleep(_ sleep: IntakeWait.Sleep, since start: Int64) -> Bool {
        switch sleep {
        case .none: return false
        case .untilEntry: return pthread_cond_wait(condition, mutex) == 0
        case .atMost(let nanoseconds):
            let deadline = start + nanoseconds
            var moment = timespec(
                tv_sec: Int(deadline / 1_000_000_000),
                tv_nsec: Int(deadline % 1_000_000_000)
            )
            return pthread_cond_timedwait(condition, mutex, &moment) != ETIMEDOUT
        }
    }
}
