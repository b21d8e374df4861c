import HTTPTypes
import Synchronization

/// Memory for the bodies of all requests and for what is parsed of them: many at once must not fill the machine's.
///
/// What is large has half of it while it arrives, so that there is some left to parse it in, and for the small.
final class BodyMemory: Sendable {
    /// The most that is small.
    static let smallBytes = 64 << 10

    /// What one request has of it; given back when nobody refers to it any more.
    final class Share: Sendable {
        private let memory: BodyMemory
        private let held = Atomic(0)

        fileprivate init(_ memory: BodyMemory) {
            self.memory = memory
        }

        deinit {
            let bytes = held.load(ordering: .relaxed)
            memory.taken.withLock { $0 -= bytes }
        }

        /// For a piece of the body that has arrived.
        func addPiece(_ bytes: Int) throws(Problem) {
            let isLarge = held.load(ordering: .relaxed) + bytes > BodyMemory.smallBytes
            try add(bytes, within: isLarge ? memory.capacity / 2 : memory.capacity)
        }

        /// For what is parsed of it.
        func addTree(_ bytes: Int) throws(Problem) { try add(bytes, within: memory.capacity) }

        private func add(_ bytes: Int, within most: Int) throws(Problem) {
            let isThere = memory.taken.withLock { taken in
                guard taken + bytes <= most else { return false }
                taken += bytes
                return true
            }
            guard isThere else { throw .busy }
            held.add(bytes, ordering: .relaxed)
        }
    }

    private let capacity: Int
    private let taken = Mutex(0)

    init(_ capacity: Int) {
        self.capacity = capacity
    }

    func share() -> Share { Share(self) }
}

extension Problem {
    fileprivate static var busy: Problem {
        var problem = Problem(
            .serviceUnavailable,
            "busy",
            "the server is reading as much as it has memory for",
            retryAfter: .seconds(1)
        )
        problem.endsConnection = true
        return problem
    }
}
