import HTTPTypes
import Synchronization

/// The places for clients that follow something live: as many as the server's limits allow.
final class SubscriberLimit: Sendable {
    /// One client's place; given back when it leaves, or when nobody refers to it any more.
    final class Permit: Sendable {
        private let seats: SubscriberLimit
        private let isTaken = Atomic(true)

        fileprivate init(_ seats: SubscriberLimit) {
            self.seats = seats
        }

        deinit {
            leave()
        }

        func leave() {
            guard isTaken.exchange(false, ordering: .relaxed) else { return }
            seats.taken.withLock { $0 -= 1 }
        }
    }

    private let capacity: Int
    private let taken = Mutex(0)

    init(_ capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { taken.withLock { $0 } }

    func take() throws(Problem) -> Permit {
        let isFree = taken.withLock { taken in
            guard taken < capacity else { return false }
            taken += 1
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
