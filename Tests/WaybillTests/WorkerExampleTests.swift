import Logging
import ServiceLifecycle
import TestSupport
import Testing
import UnixSignals
import Waybill

struct WorkerExampleTests {
    struct Order: Codable, Sendable {
        var images: Int
    }

    func paint(_ number: Int) async throws -> String { "image-\(number)" }

    @Test(.timeLimit(.minutes(1))) func `the README's worker runs`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let logger = Logger.silent
        let order = JobSpecification(kind: "image", queue: "images", payload: Array(#"{"images": 2}"#.utf8))
        try await engine.create(order, by: me)

        let painter = engine.worker(named: "painter", kind: "image", slots: 4, as: Order.self) { job in
            var urls: [String] = []
            for number in 1...job.payload.images {
                urls.append(try await paint(number))
                try await job.progress(Double(number) / Double(job.payload.images))
            }
            return urls
        }
        let services = ServiceGroup(services: [painter], gracefulShutdownSignals: [.sigterm], logger: logger)
        let result = Task {
            defer { Task { await services.triggerGracefulShutdown() } }
            for try await events in try engine.events() {
                for event in events {
                    if case .jobSucceeded(_, _, let result) = event.body { return result }
                }
            }
            return Payload()
        }
        try await services.run()

        let expected = Array(#"["image-1","image-2"]"#.utf8)
        #expect(try await result.value == Payload(expected, contentType: "application/json"))
        try await engine.close()
    }
}
