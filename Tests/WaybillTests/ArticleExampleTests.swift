import Foundation
import TestSupport
import Testing
import Waybill

/// The code of the documentation's articles, run; the house's tests hold the articles against this file.
struct ArticleExampleTests {
    @Test func `the landing page opens an engine`() async throws {
        let temporary = try TemporaryDirectory()
        let directory = temporary.path
        let me = CommandContext(actor: "billing")
        let engine = try await Engine.open(at: directory)
        let job = try await engine.create(JobSpecification(kind: "invoice"), by: me).value
        #expect(job == JobID(1))
        try await engine.close()
        withExtendedLifetime(temporary) {}
    }

    @Test func `embedding asks, looks and groups`() async throws {
        let temporary = try TemporaryDirectory()
        let directory = temporary.path
        let engine = try await Engine.open(at: directory)
        let me = CommandContext(actor: "billing")
        let job = try await engine.create(JobSpecification(kind: "invoice"), by: me)
        await engine.caughtUp(to: job.sequence)
        let state = await engine.jobs[job.value]?.state
        #expect(state == .ready)
        let next = DispatchRequest(worker: "w")
        let lease = try #require(try await engine.dispatch(next, by: me).value.first)
        try await engine.submit(
            together: [
                .init(.registerMachine(MachineSpecification(name: "node-1", cpuMillis: 4000))),
                .init(.create(JobSpecification(kind: "probe"))),
            ],
            by: CommandContext(actor: "ops", idempotencyKey: "rollout-7")
        )
        let outcomes = try await engine.submit(
            each: [.init(.complete(.lease(lease.token), result: Payload())), .init(.dispatch(next))],
            by: me
        )
        #expect(outcomes.count == 2)
        try await engine.close()
        withExtendedLifetime(temporary) {}
    }

    @Test func `a worker is a closure`() async throws {
        struct Order: Codable, Sendable {
            var images: Int
        }

        let engine = try await Engine.inMemory()
        let painter = engine.worker(named: "painter", kind: "image", slots: 4, as: Order.self) { job in
            try await job.progress(0.5, message: "half of it")
            return "\(job.payload.images) images"
        }
        let order = JobSpecification(kind: "image", queue: "images", payload: Array("{\"images\": 3}".utf8))
        let job = try await engine.create(order, by: CommandContext(actor: "shop")).value
        let running = Task {
            try await painter.run()
        }
        for try await events in try engine.events()
        where events.contains(where: { $0.body.name == "job.succeeded" }) {
            break
        }
        running.cancel()
        try await running.value
        #expect(try await engine.detail(of: job)?.state == .succeeded)
        try await engine.close()
    }

    @Test func `a virtual clock stands still until it is moved`() async throws {
        let options = EngineOptions(clock: .virtual(start: Timestamp(seconds: 0)))
        let engine = try await Engine.inMemory(options: options)
        let me = CommandContext(actor: "test")

        let later = JobSpecification(kind: "report", runAt: Timestamp(seconds: 60))
        let job = try await engine.create(later, by: me).value
        try await engine.advance(by: .seconds(61))
        let leases = try await engine.dispatch(DispatchRequest(worker: "w"), by: me).value
        #expect(leases.map(\.job) == [job])
        try await engine.close()
    }

    @Test func `the log is read from a cursor`() async throws {
        let engine = try await Engine.inMemory()
        try await engine.create(JobSpecification(kind: "a"), by: CommandContext(actor: "test"))
        let closing = Task { try await engine.close() }
        for try await events in try engine.events(after: .start) {
            for event in events { print(event.sequence, event.body) }
        }
        try await closing.value
        #expect(engine.durableSequence == 2)
    }
}
