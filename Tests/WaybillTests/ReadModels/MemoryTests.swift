import Foundation
import Orchestration
import Testing

@testable import Waybill

/// What the read models take of memory; run by hand with `WAYBILL_MEASURE=1`, alone, for the heap belongs to all.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["WAYBILL_MEASURE"] != nil), .serialized)
struct MemoryTests {
    let count: UInt64 = 1_000_000

    /// Folds a batch for every thousand jobs; gives bytes a job.
    func fold(
        _ models: ReadModels,
        _ sequence: inout UInt64,
        _ bodies: (UInt64) -> [Event.Body]
    ) async -> Double {
        let before = Self.heap()
        for thousand in 0..<count / 1000 {
            var events: [Event] = []
            for job in thousand * 1000 + 1...thousand * 1000 + 1000 {
                for body in bodies(job) {
                    sequence += 1
                    let time = Timestamp(seconds: Int64(sequence / 1000))
                    events.append(
                        Event(sequence: sequence, time: time, command: sequence, context: .engine, body: body)
                    )
                }
            }
            await models.fold([events])
        }
        return Double(Self.heap() - before) / Double(count)
    }

    /// Queues and kinds as given.
    @Test(arguments: [(3, 4), (100, 20), (10_000, 20)])
    func `bytes a job`(queues: Int, kinds: Int) async throws {
        let models = ReadModels()
        var sequence: UInt64 = 0
        func job(_ job: UInt64) -> JobSpecification {
            JobSpecification(
                kind: "kind\(job % UInt64(kinds))",
                queue: "queue\(job &* 7919 % UInt64(queues))"
            )
        }
        let waiting = await fold(models, &sequence) { [.jobCreated(JobID($0), job($0))] }
        let token = LeaseToken(epoch: 1, counter: 1)
        let ending = await fold(models, &sequence) { id in
            let lease = JobDispatched(
                job: JobID(id),
                token: token,
                worker: "worker\(id % 50)",
                machine: nil,
                attempt: 1,
                deadline: .zero,
                policy: .fifo,
                candidates: 1,
                wait: .seconds(Int64(id % 3000))
            )
            return [.jobDispatched(lease), .jobSucceeded(JobID(id), token, result: Payload())]
        }
        print(
            "\(queues) queues, \(kinds) kinds: \(waiting) B a waiting job, \(waiting + ending) B a finished one"
        )
        await time(models)
        let pruned = await fold(models, &sequence) { [.jobPruned(JobID($0))] }
        print("given back when pruned: \(-pruned) B a job")
        #expect(await models.jobs.count == 0)
    }

    /// The state and the models together, of jobs that wait in 100 queues.
    @Test func `bytes a waiting job, state included`() async throws {
        let models = ReadModels()
        var state = State()
        let before = Self.heap()
        for job in 1...count {
            let specification = JobSpecification(kind: "kind\(job % 20)", queue: "queue\(job % 100)")
            let event = Event(
                sequence: job,
                time: Timestamp(seconds: Int64(job / 1000)),
                command: job,
                context: .engine,
                body: .jobCreated(JobID(job), specification)
            )
            try state.apply(event)
            await models.fold([[event]])
        }
        print("\(Double(Self.heap() - before) / Double(count)) B a waiting job, state included")
        #expect(state.jobCount == count)
    }

    func time(_ models: ReadModels) async {
        let clock = ContinuousClock()
        let filters = [
            ("all", JobFilter()), ("state", JobFilter(states: [.succeeded])),
            ("rare state", JobFilter(states: [.dead])),
            ("queue and kind", JobFilter(queue: "queue1", kind: "kind1")),
            ("nothing in common", JobFilter(states: [.succeeded], queue: "queue0", worker: "worker1")),
            ("changed late", JobFilter(changedFrom: Timestamp(seconds: 2990))),
            ("created late", JobFilter(createdFrom: Timestamp(seconds: 990))),
        ]
        for (name, filter) in filters {
            var found = 0
            let taken = await clock.measure { found = await models.jobs.page(filter).count }
            print("  page of \(name): \(found) jobs in \(taken)")
        }
    }

    /// Bytes of memory that the process holds, once the allocator has given back what is free.
    static func heap() -> Int {
        typealias Trim = @convention(c) (Int) -> Int32
        // As malloc.h declares it.
        if let trim = dlsym(nil, "malloc_trim") { _ = unsafeBitCast(trim, to: Trim.self)(0) }
        let statm = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (statm.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }
}
