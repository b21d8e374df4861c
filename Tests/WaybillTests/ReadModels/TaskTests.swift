import EventLog
import Testing
import Waybill

/// Jobs with tasks, as a host sees them.
struct TaskTests {
    private let task = JobSpecification(kind: "image", retry: RetryPolicy(maxAttempts: 1, maxCrashes: 0))

    @Test func `a job ends with its tasks, in the batch of the last of them, and its progress stays`()
        async throws
    {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions())
        let album = JobSpecification(kind: "album")
        let family = try await engine.create(album, tasks: [task, task, task], by: me).value
        #expect(family.tasks == (2...4).map { JobID($0) })
        let leases = try await engine.dispatch(DispatchRequest(worker: "w", max: 2), by: me).value
        #expect(leases.map(\.job) == Array(family.tasks.prefix(2)))
        try await engine.complete(.lease(leases[0].token), by: me)
        await caughtUp(engine, to: engine.durableSequence)
        var progress = try #require(await engine.tasks[family.parent])
        #expect(progress.jobs == JobID(2)...JobID(4))
        #expect(progress.total == 3)
        #expect(progress.waiting == 1)
        #expect(progress.running == 1)
        #expect(progress.succeeded == 1)
        #expect(try await engine.inspect { $0.tasks(of: JobID(1)) }.value?.open == 2)
        try await engine.complete(.lease(leases[1].token), by: me)
        try await engine.start(family.tasks[2], on: "w", by: me)
        try await engine.complete(.job(family.tasks[2]), by: me)
        await caughtUp(engine, to: engine.durableSequence)
        #expect(await engine.jobs[family.parent]?.state == .succeeded)
        try await engine.close()
        let again = try await Engine.open(disk, smallOptions())
        progress = try #require(await again.tasks[family.parent])
        #expect(progress.succeeded == 3)
        #expect(progress.waiting == 0)
        #expect(await again.tasks.parent(of: family.tasks[2]) == family.parent)
        #expect(await again.tasks.parent(of: family.parent) == nil)
        #expect(await again.queues["default"]?.attempts.succeeded == 3)
        try await again.prune([family.parent], by: me)
        await caughtUp(again, to: again.durableSequence)
        #expect(await again.tasks[family.parent] == nil)
        #expect(await again.tasks.count == 0)
        #expect(await again.tasks.parent(of: family.tasks[0]) == nil)
        try await again.close()
    }

    @Test func `a dead task kills its parent, which is a dead letter because of it`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let family = try await engine.create(JobSpecification(kind: "album"), tasks: [task], by: me).value
        let lease = try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value[0]
        try await engine.fail(.lease(lease.token), Failure(type: "io", message: "no ink"), by: me)
        await caughtUp(engine, to: engine.durableSequence)
        #expect(await engine.tasks[family.parent]?.dead == 1)
        let letter = await engine.deadLetters[family.parent]
        #expect(letter?.cause == .task)
        #expect(letter?.message == "its task 2 did not succeed")
        #expect(await engine.deadLetters[family.tasks[0]]?.cause == .failure)
        try await engine.close()
    }

    @Test func `by force, a job with tasks and all of them are cancelled at once`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let family = try await engine.create(JobSpecification(kind: "album"), tasks: [task, task], by: me)
        let lease = try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value[0]
        try await engine.cancel(family.value.parent, force: true, by: me)
        let late = await refusal { try await engine.complete(.lease(lease.token), by: me) }
        #expect(late == .leaseLost(lease.token))
        await caughtUp(engine, to: engine.durableSequence)
        #expect(await engine.tasks[family.value.parent]?.cancelled == 2)
        try await engine.close()
    }
}
