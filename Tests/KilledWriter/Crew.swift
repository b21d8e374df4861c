import Orchestration
import TestSupport
import Waybill

/// One task's seeded stream of commands, each acknowledged on standard output after its answer.
struct Crew: Sendable {
    let engine: Engine
    let name: Name
    private var random: SeededRandom
    private var created: UInt64 = 0
    private var held: [Lease] = []
    private let me: CommandContext

    init(engine: Engine, name: Name, seed: UInt64) {
        self.engine = engine
        self.name = name
        random = SeededRandom(seed: seed)
        me = CommandContext(actor: name)
    }

    /// Returns only by an error; the end is meant to come from outside.
    consuming func work() async throws {
        while true {
            switch random.next() % 4 {
            case 0, 1: try await create()
            case 2: try await dispatch()
            default: try await complete()
            }
        }
    }

    private mutating func create() async throws {
        created += 1
        let key: Name = "\(name).\(created)"
        let size = Int(random.next() % 400)
        let payload = random.bytes(size)
        let job = JobSpecification(kind: "k", queue: name, payload: payload, uniqueKey: key)
        let answer = try await engine.create(job, by: me)
        say("create \(answer.value) \(answer.sequence) \(key)")
    }

    private mutating func dispatch() async throws {
        // Its own queue only, so that no other task completes what it holds.
        let answer = try await engine.dispatch(DispatchRequest(worker: name, queues: [name]), by: me)
        for lease in answer.value {
            say("dispatch \(lease.job) \(lease.token.counter) -")
            held.append(lease)
        }
    }

    private mutating func complete() async throws {
        guard let lease = held.popLast() else { return }
        let answer = try await engine.complete(.lease(lease.token), by: me)
        say("complete \(lease.job) \(answer.sequence) -")
    }
}
