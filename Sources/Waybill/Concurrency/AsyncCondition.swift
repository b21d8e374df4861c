import Synchronization

/// A value behind a lock, and tasks that wait until it says something: a condition variable whose waiters suspend.
///
/// A waiter is resumed exactly once: by the change that it waited for, or by its own cancellation.
package final class AsyncCondition<Value: Sendable>: Sendable {
    package typealias Wakeup = @Sendable () -> Void

    private typealias Cancellation = (ticket: UInt64, wakeup: Wakeup)

    private struct Waiter {
        /// What resumes it, when the value says what it waits for.
        let answer: @Sendable (inout Value) -> Wakeup?
        /// Nil for one that heeds no cancellation.
        let cancellation: Cancellation?
    }

    private struct Contents {
        var value: Value
        var waiters: [Waiter] = []
        var tickets: UInt64 = 0
    }

    private let contents: Mutex<Contents>

    package init(_ value: Value) {
        contents = Mutex(Contents(value: value))
    }

    /// Looks at the value, or changes what nobody waits for.
    package func withLock<Result: Sendable>(_ body: @Sendable (inout Value) -> Result) -> Result {
        contents.withLock { body(&$0.value) }
    }

    /// Changes the value and resumes whoever waited for that.
    package func signal<Result: Sendable>(_ change: @Sendable (inout Value) -> Result) -> Result {
        let (result, wakeups) = signalLater(change)
        for wakeup in wakeups { wakeup() }
        return result
    }

    /// Changes the value and gives those who waited for that, to be resumed by the caller.
    package func signalLater<Result: Sendable>(
        _ change: @Sendable (inout Value) -> Result
    ) -> (Result, [Wakeup]) {
        contents.withLock { contents in
            let result = change(&contents.value)
            guard !contents.waiters.isEmpty else { return (result, []) }
            var wakeups: [Wakeup] = []
            contents.waiters.removeAll { waiter in
                guard let wakeup = waiter.answer(&contents.value) else { return false }
                wakeups.append(wakeup)
                return true
            }
            return (result, wakeups)
        }
    }

    /// Waits until `condition` gives something, whatever becomes of the task; the condition may change the value.
    package func wait<Result: Sendable>(
        for condition: @escaping @Sendable (inout Value) -> Result?
    ) async -> Result {
        await withCheckedContinuation { continuation in
            enrol(nil) { value in
                condition(&value).map { result in { continuation.resume(returning: result) } }
            }?()
        }
    }

    /// The same; nil when the task is cancelled before.
    package func waitUnlessCancelled<Result: Sendable>(
        for condition: @escaping @Sendable (inout Value) -> Result?
    ) async -> Result? {
        let ticket = contents.withLock { contents in
            contents.tickets += 1
            return contents.tickets
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enrol((ticket, { continuation.resume(returning: nil) })) { value in
                    condition(&value).map { result in { continuation.resume(returning: result) } }
                }?()
            }
        } onCancel: {
            let waiter = contents.withLock { contents in
                contents.waiters.firstIndex { $0.cancellation?.ticket == ticket }
                    .map { contents.waiters.remove(at: $0) }
            }
            waiter?.cancellation?.wakeup()
        }
    }

    /// Has a waiter wait; gives its wakeup instead when there is nothing to wait for.
    private func enrol(_ cancellation: Cancellation?, _ answer: @escaping @Sendable (inout Value) -> Wakeup?)
        -> Wakeup?
    {
        contents.withLock { contents in
            if let wakeup = answer(&contents.value) { return wakeup }
            // Cancelled before it came here: the cancellation found nobody.
            if let cancellation, Task.isCancelled { return cancellation.wakeup }
            contents.waiters.append(Waiter(answer: answer, cancellation: cancellation))
            return nil
        }
    }
}
