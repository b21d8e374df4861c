import Orchestration
import TestSupport
import Testing

/// Priority with aging: a job of priority p is overtaken only by jobs of a priority q that were created less than
/// (q − p) × aging after it.
struct StarvationTests {
    @Test(arguments: UInt64(0)..<20)
    func `the order is that of birth less priority times aging`(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        let aging = TimeSpan.seconds(60)
        var core = try CoreFixture()
        try core.run(.configureQueue(QueueSpecification(name: "default", aging: aging)))
        var born: [JobID: (priority: Int32, time: Timestamp)] = [:]
        var order: [JobID] = []
        for _ in 0..<60 {
            core.now = core.now + .seconds(Int64(chance.below(40)))
            let priority = Int32(chance.below(7)) - 3
            let job = try core.create(JobSpecification(kind: "a", priority: priority))
            born[job] = (priority, core.now)
            if chance.oneIn(3) { order += try core.dispatch(DispatchRequest(worker: "w")).map(\.job) }
        }
        order += try core.dispatch(DispatchRequest(worker: "w", max: 60)).map(\.job)
        #expect(order.count == 60)
        for (place, late) in order.enumerated() {
            for early in order[..<place] where early > late {
                let (slow, fast) = (try #require(born[late]), try #require(born[early]))
                let bound = Int64(fast.priority - slow.priority) * aging.nanoseconds
                #expect((fast.time - slow.time).nanoseconds < bound, "seed \(seed): \(early) before \(late)")
            }
        }
    }

    @Test
    func `a job waits for no flood of urgent ones longer than the bound`() throws {
        var core = try CoreFixture()
        try core.run(.configureQueue(QueueSpecification(name: "default", aging: .seconds(10))))
        let patient = try core.create(JobSpecification(kind: "a", priority: -2))
        let begun = core.now
        while core.state[patient]?.state == .ready {
            for _ in 0..<3 { _ = try core.create(JobSpecification(kind: "a", priority: 3)) }
            _ = try core.dispatch(DispatchRequest(worker: "w", max: 3))
            core.now = core.now + .seconds(1)
            guard core.now - begun <= .seconds(60) else { break }
        }
        #expect(core.state[patient]?.state == .running)
        #expect(core.now - begun == .seconds(51))
    }

    @Test
    func `first in, first out knows no priority`() throws {
        var core = try CoreFixture()
        try core.run(.configureQueue(QueueSpecification(name: "default", policy: .fifo)))
        let first = try core.create(JobSpecification(kind: "a", priority: -9))
        let second = try core.create(JobSpecification(kind: "a", priority: 9))
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 2)).map(\.job) == [first, second])
        guard case .jobDispatched(let event)? = core.log.last?.body else { throw Surprise.answer }
        #expect(event.policy == .fifo)
    }

    /// The order among jobs that wait is a matter of the queue as it is, not of when they came.
    @Test(arguments: UInt64(0)..<20)
    func `jobs that wait stand as if their queue had always been as it is now`(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        let queues = [
            QueueSpecification(name: "default", policy: .fifo),
            QueueSpecification(name: "default", aging: .seconds(10)),
            QueueSpecification(name: "default", aging: .seconds(5000)),
        ]
        let last = queues[chance.below(3)]
        let times = (0..<40).map { _ in Int64(chance.below(60)) }
        let jobs = (0..<40).map { _ in
            let key = chance.oneIn(3) ? "k\(chance.below(3))" : nil
            return JobSpecification(
                kind: "k\(chance.below(3))",
                priority: Int32(chance.below(7)) - 3,
                concurrencyKey: key.map { Name($0) }
            )
        }
        func order(_ configure: (inout CoreFixture, Int) throws -> Void) throws -> [JobID] {
            var core = try CoreFixture()
            for (index, job) in jobs.enumerated() {
                core.now = core.now + .seconds(times[index])
                try configure(&core, index)
                _ = try core.create(job)
            }
            try core.run(.configureQueue(last))
            try core.refold()
            return try core.dispatch(DispatchRequest(worker: "w", max: 60)).map(\.job)
        }
        let changed = try order { core, index in
            if index % 7 == 0 { try core.run(.configureQueue(queues[index / 7 % 3])) }
        }
        let always = try order { core, _ in try core.run(.configureQueue(last)) }
        #expect(changed == always, "seed \(seed)")
    }

    @Test
    func `the widest priorities over the longest aging keep their order`() throws {
        var core = try CoreFixture()
        let aging = TimeSpan(nanoseconds: .max)
        try core.run(.configureQueue(QueueSpecification(name: "default", aging: aging)))
        var jobs: [JobID] = []
        for priority in [Int32.min, -1, 0, 1, .max] {
            jobs.append(try core.create(JobSpecification(kind: "a", priority: priority)))
        }
        let order = try core.dispatch(DispatchRequest(worker: "w", max: 9)).map(\.job)
        #expect(order.last == jobs[0])
        #expect(order.first == jobs[4])
        #expect(order[2] == jobs[2])
    }
}
