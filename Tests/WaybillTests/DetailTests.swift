import EventLog
import Orchestration
import Testing
import Waybill

/// A job, whole: what the state knows while it is open, what the log tells once it has ended.
struct DetailTests {
    let once = RetryPolicy(maxAttempts: 1)

    @Test func `a job that succeeded shows its result, who made it and when it ended`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let job = try await engine.create(
            JobSpecification(kind: "a", payload: [1, 2], contentType: "x/y"),
            by: me
        ).value
        try await engine.advance(by: .seconds(5))
        let token = try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value[0].token
        try await engine.heartbeat(token, progress: JobProgress(fraction: 0.5, message: "half"), by: me)
        let running = try #require(try await engine.detail(of: job))
        #expect(running.progress == JobProgress(fraction: 0.5, message: "half"))
        #expect(running.token == token)
        #expect(running.worker == "w")
        #expect(running.endedAt == nil)
        try await engine.advance(by: .seconds(5))
        let done = try await engine.complete(.lease(token), result: Payload([9], contentType: "r"), by: me)
        let detail = try #require(try await engine.detail(of: job))
        #expect(detail.state == .succeeded)
        #expect(detail.attempts == 1)
        #expect(detail.failures == 0)
        #expect(detail.specification.payload == [1, 2])
        #expect(detail.specification.contentType == "x/y")
        #expect(detail.result == Payload([9], contentType: "r"))
        #expect(detail.worker == "w")
        #expect(detail.createdAt == Timestamp(seconds: 1000))
        #expect(detail.endedAt == Timestamp(seconds: 1010))
        #expect(detail.version == done.sequence)
        #expect(detail.progress == nil)
        #expect(detail.token == nil)
        try await engine.close()
    }

    @Test func `dead, discarded, redriven and ended again`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let job = try await engine.create(JobSpecification(kind: "a", payload: [1], retry: once), by: me)
            .value
        _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
        let failure = Failure(type: "io", message: "gone")
        try await engine.fail(.job(job), failure, by: me)
        let dead = try #require(try await engine.detail(of: job))
        #expect(dead.state == .dead)
        #expect(dead.failure == failure)
        #expect(dead.failures == 1)
        #expect(dead.worker == "w")
        #expect(dead.deathReason?.isEmpty == false)
        #expect(dead.endedAt == Timestamp(seconds: 1000))
        try await engine.redrive([job], patch: Payload([2]), by: me)
        let redriven = try #require(try await engine.detail(of: job))
        #expect(redriven.state == .ready)
        #expect(redriven.failure == nil)
        #expect(redriven.failures == 0)
        try await engine.update(job, JobChange(priority: 3, attributes: ["a": "b"]), by: me)
        try await engine.advance(by: .seconds(1))
        _ = try await engine.dispatch(DispatchRequest(worker: "v"), by: me)
        try await engine.fail(.job(job), Failure(type: "net"), by: me)
        try await engine.advance(by: .seconds(1))
        try await engine.discard([job], by: me)
        let discarded = try #require(try await engine.detail(of: job))
        #expect(discarded.state == .cancelled)
        #expect(discarded.cancellation == .discarded)
        #expect(discarded.specification.payload == [2])
        #expect(discarded.specification.priority == 3)
        #expect(discarded.specification.attributes == ["a": "b"])
        #expect(discarded.failure?.type == "net")
        #expect(discarded.endedAt == Timestamp(seconds: 1001))
        #expect(discarded.worker == "v")
        #expect(discarded.changedAt == Timestamp(seconds: 1002))
        #expect(discarded.deathReason != nil)
        try await engine.prune([job], by: me)
        #expect(try await engine.detail(of: job) == nil)
        try await engine.close()
    }

    @Test func `a crash leaves no failure, and an open job shows its last one`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let patient = RetryPolicy(maxAttempts: 9, maxCrashes: 0, base: .seconds(1), jitter: 0)
        let job = try await engine.create(JobSpecification(kind: "a", retry: patient), by: me).value
        _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
        try await engine.fail(.job(job), Failure(type: "io"), by: me)
        let waiting = try #require(try await engine.detail(of: job))
        #expect(waiting.state == .scheduled)
        #expect(waiting.failure?.type == "io")
        #expect(waiting.due != nil)
        try await engine.advance(by: .seconds(2))
        _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
        try await engine.advance(by: .seconds(3600))
        let dead = try #require(try await engine.detail(of: job))
        #expect(dead.state == .dead)
        #expect(dead.failure == nil)
        #expect(dead.crashes == 1)
        #expect(dead.failures == 1)
        #expect(dead.attempts == 2)
        #expect(dead.worker == "w")
        #expect(dead.deathReason == "crashes used up")
        try await engine.close()
    }

    @Test func `cancelled while waiting, while running, and by a parent`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let parent = try await engine.create(JobSpecification(kind: "p", retry: once), by: me).value
        let child = try await engine.create(JobSpecification(kind: "c", after: [parent]), by: me).value
        let waiting = try await engine.create(JobSpecification(kind: "w", queue: "other"), by: me).value
        #expect(try await engine.detail(of: child)?.waitsFor == 1)
        try await engine.hold([waiting], by: me)
        #expect(try await engine.detail(of: waiting)?.isHeld == true)
        try await engine.cancel(waiting, by: me)
        _ = try await engine.dispatch(DispatchRequest(worker: "w", queues: ["default"]), by: me)
        try await engine.cancel(parent, by: me)
        #expect(try await engine.detail(of: parent)?.isCancelRequested == true)
        try await engine.fail(.job(parent), Failure(type: "told"), by: me)
        try await engine.advance(by: .seconds(1))
        let details = try await engine.details(of: [parent, JobID(99), waiting, child])
        #expect(details.map(\.id) == [parent, waiting, child])
        #expect(details[0].state == .cancelled)
        #expect(details[0].failure?.type == "told")
        #expect(details[0].worker == "w")
        #expect(details[0].deathReason == nil)
        #expect(details[1].state == .cancelled)
        #expect(details[1].cancellation == .cancelled)
        #expect(!details[1].isHeld)
        #expect(details[2].state == .dead)
        #expect(details[2].failure == nil)
        #expect(details[2].deathReason != nil)
        try await engine.close()
    }

    @Test func `what is shown of jobs that run meanwhile fits together`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let jobs = try await engine.create((0..<40).map { _ in JobSpecification(kind: "a") }, by: me).value
        let reader = Task {
            var ended = 0
            while ended < jobs.count {
                let details = try await engine.details(of: jobs)
                #expect(details.map(\.id) == jobs)
                for detail in details {
                    #expect((detail.state == .succeeded) == (detail.result != nil))
                    #expect((detail.state == .running) == (detail.token != nil))
                    #expect(detail.state == .ready || detail.attempts == 1)
                    #expect(detail.state.isTerminal == (detail.endedAt != nil))
                }
                ended = details.count { $0.state.isTerminal }
            }
        }
        for _ in jobs {
            let token = try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value[0].token
            try await engine.complete(.lease(token), result: Payload([1]), by: me)
        }
        try await reader.value
        try await engine.close()
    }

    /// Every job of a random history, against a fold of all its events.
    @Test(arguments: [21, 22, 23] as [UInt64])
    func `details equal a fold of the whole history`(seed: UInt64) async throws {
        let disk = MemoryDisk()
        var clients = RandomClients(seed: seed)
        let engine = try await Engine.open(disk, smallOptions())
        try await clients.prepare(engine)
        for _ in 0..<900 { try await clients.act(on: engine) }
        try await engine.close()
        let again = try await Engine.open(disk, smallOptions())
        let state = try await again.inspect { $0 }
        let oracle = try ModelOracle(try storedEvents(disk))
        var recalls = oracle.entries.map { JobRecall($0.id) }
        for event in try storedEvents(disk) {
            if let job = event.body.job { recalls[Int(job.rawValue) - 1].fold(event) }
        }
        let details = try await again.details(of: oracle.entries.map(\.id))
        #expect(details.map(\.id) == oracle.shown.map(\.id))
        for (detail, entry) in zip(details, oracle.shown) {
            let recall = try #require(recalls[Int(entry.id.rawValue) - 1].revival)
            #expect(detail.specification == recall.specification, "job \(entry.id)")
            #expect(detail.wasSuggested == (recall.origin != .created))
            #expect(detail.state == entry.state)
            #expect(detail.cancellation == entry.reason)
            #expect(detail.version == entry.version)
            #expect(detail.changedAt == entry.changed)
            #expect(detail.failure == (entry.state == .succeeded ? nil : entry.failure), "job \(entry.id)")
            #expect((detail.endedAt != nil) == entry.state.isTerminal)
            #expect((detail.deathReason != nil) == (entry.state == .dead || entry.reason == .discarded))
            if let job = state.value[entry.id] {
                #expect(detail.due == job.due)
                #expect(detail.crashes == job.crashes)
                #expect(detail.token == job.token)
            }
        }
        try await again.close()
    }
}
