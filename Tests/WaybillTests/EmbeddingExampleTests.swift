import Foundation
import TestSupport
import Testing
import Waybill

struct EmbeddingExampleTests {
    @Test func `the README's example runs`() async throws {
        let temporary = try TemporaryDirectory()
        let directory = temporary.path

        let me = CommandContext(actor: "billing")
        let engine = try await Engine.open(at: directory)
        let invoice = JobSpecification(kind: "invoice", payload: Array("{\"id\": 7}".utf8))
        let job = try await engine.create(invoice, by: me).value

        for lease in try await engine.dispatch(DispatchRequest(worker: "worker-1"), by: me).value {
            try await engine.complete(.lease(lease.token), by: me)
        }
        await engine.jobs.caughtUp(to: engine.durableSequence)
        let state = await engine.jobs[job]?.state
        try await engine.close()

        #expect(state == .succeeded)
    }
}
