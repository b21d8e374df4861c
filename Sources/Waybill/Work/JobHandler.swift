import Orchestration

/// A worker's closure, over bytes: the typed ones are wrapped into their decoding and encoding.
struct JobHandler: Sendable {
    let body: @Sendable @concurrent (JobContext<Payload>) async throws -> Payload

    init(_ body: @escaping @Sendable @concurrent (JobContext<Payload>) async throws -> Payload) {
        self.body = body
    }

    init<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        _ body: @escaping @Sendable @concurrent (JobContext<Input>) async throws -> Output
    ) {
        self.body = { job in
            try JSONPayload.encode(
                try await body(job.carrying(try JSONPayload.decode(Input.self, job.payload)))
            )
        }
    }

    init<Input: Decodable & Sendable>(
        _ body: @escaping @Sendable @concurrent (JobContext<Input>) async throws -> Void
    ) {
        self.body = { job in
            try await body(job.carrying(try JSONPayload.decode(Input.self, job.payload)))
            return Payload()
        }
    }

    @concurrent
    func ending(of running: RunningJob, in shift: WorkerRun) async -> AttemptOutcome {
        let specification = running.lease.specification
        let payload = Payload(specification.payload, contentType: specification.contentType)
        do {
            return .succeeded(try await body(JobContext(payload: payload, running: running, shift: shift)))
        } catch {
            return AttemptOutcome(error, running.standing)
        }
    }
}
