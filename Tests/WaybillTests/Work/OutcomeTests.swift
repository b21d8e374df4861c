import TestSupport
import Testing
import Waybill

/// What a closure returns or throws, and what becomes of its job.
@Suite(.timeLimit(.minutes(1)))
struct OutcomeTests {
    struct Order: Codable, Sendable {
        var images: [Size]

        struct Size: Codable, Sendable {
            var width: Int
        }
    }

    struct Oops: Error, CustomStringConvertible {
        var description: String { "no luck" }
    }

    @Test func `a payload comes decoded, and what the closure returns is the result`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create(#"{"images": [{"width": 3}, {"width": 4}]}"#) {
            $0.contentType = "application/json; charset=utf-8"
            $0.tags = ["t"]
            $0.attributes = ["colour": "red"]
        }
        let seen = Journal()
        let worker = fixture.engine.worker(named: "w", kind: "a", options: fixture.options, as: Order.self) {
            job in
            seen.write("\(job.id) \(job.kind) \(job.queue) \(job.attempt) \(job.tags) \(job.attributes)")
            return ["area": job.payload.images.map(\.width).reduce(1, *)]
        }
        try await fixture.running(worker) {
            let event = try await fixture.event { if case .jobSucceeded = $0 { true } else { false } }
            let result = Payload(Array(#"{"area":12}"#.utf8), contentType: "application/json")
            guard case .jobSucceeded(job, _, result) = event.body else {
                Issue.record("the end is \(event.body)")
                return
            }
        }
        #expect(seen.all == [#"1 a default 1 ["t"] ["colour": "red"]"#])
        try await fixture.engine.close()
    }

    @Test func `a closure that returns nothing completes with nothing`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create(#"{"width": 3}"#)
        let widths = Journal()
        let work = Task {
            try await fixture.engine.work(
                queue: "default",
                kind: "a",
                options: fixture.options,
                as: Order.Size.self
            ) { job in
                widths.write("\(job.payload.width)")
            }
        }
        let event = try await fixture.event { if case .jobSucceeded = $0 { true } else { false } }
        guard case .jobSucceeded(job, _, Payload()) = event.body else {
            Issue.record("the end is \(event.body)")
            return
        }
        work.cancel()
        try await work.value
        #expect(widths.all == ["3"])
        try await fixture.engine.close()
    }

    @Test func `bytes of any content type pass through`() async throws {
        let fixture = try await EngineFixture()
        try await fixture.create("\u{1}\u{2}") { $0.contentType = "image/x-ours" }
        let worker = fixture.worker { job in
            Payload(job.payload.bytes.reversed(), contentType: job.payload.contentType)
        }
        try await fixture.running(worker) {
            let event = try await fixture.event { if case .jobSucceeded = $0 { true } else { false } }
            guard case .jobSucceeded(_, _, Payload([2, 1], contentType: "image/x-ours")) = event.body else {
                Issue.record("the end is \(event.body)")
                return
            }
        }
        try await fixture.engine.close()
    }

    @Test(arguments: [
        (#"{"images": [{"width": 3}, {"width": "4"}]}"#, "", "images[1].width: no Int"),
        (#"{"images": [{}]}"#, "application/json", "images[0].width: is missing"),
        (#"{"images": null}"#, "application/vnd.ours+json", "images: no Array<Any> but null"),
        ("{}", "text/csv", "content type text/csv is not JSON"),
    ])
    func `a payload that can't be decoded is tried again, and says what was expected and found`(
        payload: String,
        contentType: String,
        message: String
    ) async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create(payload) { $0.contentType = contentType }
        let worker = fixture.engine.worker(named: "w", kind: "a", options: fixture.options, as: Order.self) {
            _ in
        }
        try await fixture.running(worker) {
            let failure = try await fixture.failure()
            let told = "expected Order, found \(payload): \(message)"
            #expect(failure == Failure(type: "payload", message: told))
        }
        #expect(await fixture.state(of: job) == .scheduled)
        try await fixture.engine.close()
    }

    @Test func `what is found of a long payload is its beginning`() async throws {
        let fixture = try await EngineFixture()
        try await fixture.create("[\(String(repeating: "7,", count: 100))7]")
        let worker = fixture.engine.worker(named: "w", kind: "a", options: fixture.options, as: Order.self) {
            _ in
        }
        try await fixture.running(worker) {
            let message = try #require(try await fixture.failure()).message
            #expect(message.hasPrefix("expected Order, found [7,7,"))
            #expect(message.contains("7,7… (203 bytes): "))
        }
        try await fixture.engine.close()
    }

    @Test func `workers of two types on one engine leave each other's jobs alone`() async throws {
        let fixture = try await EngineFixture()
        let options = fixture.options
        for _ in 0..<10 {
            try await fixture.create(#"{"width": 3}"#, kind: "size")
            try await fixture.create(#"{"images": []}"#, kind: "order")
        }
        let engine = fixture.engine
        let orders = engine.worker(named: "o", kind: "order", options: options, as: Order.self) { _ in }
        let sizes = engine.worker(named: "s", kind: "size", options: options, as: Order.Size.self) { _ in }
        try await fixture.running(orders) {
            try await fixture.running(sizes) {
                var ends: [String] = []
                for try await events in try engine.events() {
                    ends += events.map(\.body.name).filter { $0 != "job.created" && $0.hasPrefix("job.") }
                    if ends.count == 40 { break }
                }
                #expect(ends.count { $0 == "job.succeeded" } == 20, "\(ends)")
            }
        }
        try await engine.close()
    }

    @Test func `a payload that nobody can decode waits for a redrive, when the type is known`() async throws {
        let fixture = try await EngineFixture()
        let options = fixture.options
        let job = try await fixture.create(#"{"width": 3}"#) { $0.retry.maxAttempts = 1 }
        let old = fixture.engine.worker(named: "w", kind: "a", options: options, as: Order.self) { _ in }
        try await fixture.running(old) {
            try await fixture.event { if case .jobDied = $0 { true } else { false } }
        }
        let group = try #require(await fixture.engine.deadLetters.groups().first)
        #expect(group.errorType == "payload")
        try await fixture.engine.redrive([job], by: me)
        let new = fixture.engine.worker(named: "w", kind: "a", options: options, as: Order.Size.self) { _ in }
        try await fixture.running(new) {
            try await fixture.event { if case .jobSucceeded = $0 { true } else { false } }
        }
        #expect(await fixture.state(of: job) == .succeeded)
        try await fixture.engine.close()
    }

    @Test func `a failure is told as it was thrown`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let worker = fixture.worker { _ in
            throw JobFailure(type: "busy", message: "later\0", retryAfter: .seconds(77))
        }
        try await fixture.running(worker) {
            let failure = try await fixture.failure()
            #expect(failure == Failure(type: "busy", message: "later", retryAfter: .seconds(77)))
        }
        #expect(try await fixture.job(job)?.due == Timestamp(seconds: 1077))
        try await fixture.engine.close()
    }

    @Test func `a final failure ends its job`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let worker = fixture.worker { _ in throw JobFailure(type: "never", isRetryable: false) }
        try await fixture.running(worker) {
            let failure = try await fixture.failure()
            #expect(failure?.type == "never")
        }
        #expect(await fixture.state(of: job) == .dead)
        try await fixture.engine.close()
    }

    @Test func `any other error is tried again under its type's name`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let worker = fixture.worker { _ in throw Oops() }
        try await fixture.running(worker) {
            let failure = try await fixture.failure()
            #expect(failure == Failure(type: "Oops", message: "no luck"))
        }
        #expect(try await fixture.job(job)?.due == Timestamp(seconds: 1005))
        try await fixture.engine.close()
    }

    @Test func `an error's text is cut to what the engine takes`() async throws {
        let fixture = try await EngineFixture()
        try await fixture.create()
        let long = String(repeating: "é", count: 10_000)
        let worker = fixture.worker { _ in throw JobFailure(type: Name(long), message: long) }
        try await fixture.running(worker) {
            let failure = try #require(try await fixture.failure())
            #expect(failure.type == Name(String(repeating: "é", count: 128)))
            #expect(failure.message == String(repeating: "é", count: 128))
        }
        try await fixture.engine.close()
    }

    @Test func `a failure without a type is told as one all the same`() async throws {
        let fixture = try await EngineFixture()
        try await fixture.create()
        let worker = fixture.worker { _ in throw JobFailure(type: "", message: "no luck") }
        try await fixture.running(worker) {
            let failure = try await fixture.failure()
            #expect(failure == Failure(type: "failure", message: "no luck"))
        }
        try await fixture.engine.close()
    }

    @Test func `a snoozed job comes back, and its attempt isn't counted`() async throws {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let attempts = Journal()
        let worker = fixture.worker { job in
            attempts.write("\(job.attempt)")
            if attempts.all.count == 1 { throw Snooze(for: .seconds(40)) }
            return Payload()
        }
        try await fixture.running(worker) {
            try await fixture.event { if case .jobSnoozed = $0 { true } else { false } }
            #expect(try await fixture.job(job)?.due == Timestamp(seconds: 1040))
            try await fixture.engine.advance(by: .seconds(40))
            try await fixture.event { if case .jobSucceeded = $0 { true } else { false } }
        }
        #expect(attempts.all == ["1", "1"])
        try await fixture.engine.close()
    }

    @Test func `a result that the engine refuses fails the job for good, in the refusal's words`()
        async throws
    {
        let fixture = try await EngineFixture()
        let job = try await fixture.create()
        let worker = fixture.worker { _ in Payload([UInt8](repeating: 1, count: 300_000)) }
        try await fixture.running(worker) {
            let failure = try #require(try await fixture.failure())
            #expect(failure.type == "result")
            #expect(!failure.isRetryable)
            #expect(
                failure.message == "\(Refusal.payloadTooLarge(field: "result", bytes: 300_000, limit: 256))"
            )
        }
        #expect(await fixture.state(of: job) == .dead)
        try await fixture.engine.close()
    }

    @Test func `a result that isn't JSON fails the job for good`() async throws {
        let fixture = try await EngineFixture()
        try await fixture.create()
        let worker = fixture.engine.worker(
            named: "w",
            kind: "a",
            options: fixture.options,
            as: [String: Int].self
        ) {
            _ in
            ["loss": Double.nan]
        }
        try await fixture.running(worker) {
            let failure = try await fixture.failure()
            let message = "loss: nan can't be written as JSON"
            #expect(failure == Failure(type: "result", message: message, isRetryable: false))
        }
        try await fixture.engine.close()
    }
}
