import HTTPTypes
import Synchronization

/// How many clients may follow something live at once.
package final class SubscriberLimit: Sendable {
    /// One client's leave to follow; given back when it ends, or when nobody refers to it any more.
    package final class Permit: Sendable {
        private let limit: SubscriberLimit
        private let isHeld = Atomic(true)

        fileprivate init(_ limit: SubscriberLimit) {
            self.limit = limit
        }

        deinit {
            end()
        }

        package func end() {
            guard isHeld.exchange(false, ordering: .relaxed) else { return }
            limit.held.withLock { $0 -= 1 }
        }
    }

    private let capacity: Int
    private let held = Mutex(0)

    package init(_ capacity: Int) {
        self.capacity = capacity
    }

    package var count: Int { held.withLock { $0 } }

    package func permit() throws(Problem) -> Permit {
        let isFree = held.withLock { held in
            guard held < capacity else { return false }
            held += 1
            return true
        }
        guard isFree else {
            throw Problem(
                .serviceUnavailable,
                "tooManyLiveClients",
                "\(capacity) clients follow something live already",
                retryAfter: .seconds(5)
            )
        }
        return Permit(self)
    }
}
