import Foundation

/// A door that a test shuts before a call and opens later; whoever comes to it meanwhile stands still.
///
/// The test learns by ``reached()`` that somebody stands there, so that nothing has to be timed.
// Sendable unchecked: the variables are only touched while `condition` is locked.
package final class Barrier: @unchecked Sendable {
    private let condition = NSCondition()
    private var isShut = false
    private var isReached = false
    private var letThrough = 0
    private var waiters: [CheckedContinuation<Void, Never>] = []

    package init() {}

    package func shut() {
        condition.withLock {
            isShut = true
            isReached = false
        }
    }

    package func open() {
        condition.withLock {
            isShut = false
            condition.broadcast()
        }
    }

    /// Lets through who stands there now, and stays shut for the next.
    package func shutBehind() {
        condition.withLock {
            isReached = false
            letThrough += 1
            condition.broadcast()
        }
    }

    /// Blocks the calling thread while the gate is shut.
    package func pass() {
        condition.lock()
        defer { condition.unlock() }
        guard isShut else { return }
        isReached = true
        for waiter in waiters { waiter.resume() }
        waiters = []
        let ticket = letThrough
        while isShut, letThrough == ticket { condition.wait() }
    }

    /// Waits until somebody stands before the shut gate.
    package func reached() async {
        await withCheckedContinuation { waiter in
            condition.withLock {
                if isReached { waiter.resume() } else { waiters.append(waiter) }
            }
        }
    }
}
