import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// What workers say of the jobs that they hold, under `/v1/leases/{token}`; a lease that is lost is refused with 409.
enum LeaseRoutes {
    static let endpoints: [EngineEndpoint] = [heartbeat, complete, fail, snooze, release]

    private static let heartbeat: EngineEndpoint = {
        let contract = terms("heartbeatLease", "Extend a lease by its length")
            .body(.named("Heartbeat"), isRequired: false)
            .answers(.init(200, "Until when, and what the worker should know", .named("HeartbeatReply")))
        return EngineEndpoint(.post, path + "heartbeat", contract) { call in
            try call.query.finish()
            let token = try call.token()
            var fields = try call.optionalFields()
            let progress = try JobProgress(&fields)
            let context = try call.context(&fields)
            try fields.finish()
            let beat = try await call.engine.heartbeat(token, progress: progress, by: context)
            return .json(beat.value, sequence: beat.sequence)
        }
    }()

    private static let complete: EngineEndpoint = {
        let contract = terms("completeLease", "The job succeeded")
            .body(.named("Complete"), isRequired: false).naming(["result": "resultBase64"]).answers(
                .init(204, "It has ended")
            )
        return EngineEndpoint(.post, path + "complete", contract) { call in
            try call.query.finish()
            let token = try call.token()
            var fields = try call.optionalFields()
            let result = try Payload(result: &fields)
            let context = try call.context(&fields)
            try fields.finish()
            let done = try await call.engine.complete(.lease(token), result: result, by: context)
            return .empty(sequence: done.sequence)
        }
    }()

    private static let fail: EngineEndpoint = {
        let contract = terms("failLease", "The attempt failed: the job is tried again, or dead")
            .body(.named("Fail")).answers(.init(204, "It is noted"))
        return EngineEndpoint(.post, path + "fail", contract) { call in
            try call.query.finish()
            let token = try call.token()
            var fields = try call.fields()
            let failure = try Failure(&fields)
            let context = try call.context(&fields)
            try fields.finish()
            let done = try await call.engine.fail(.lease(token), failure, by: context)
            return .empty(sequence: done.sequence)
        }
    }()

    private static let snooze: EngineEndpoint = {
        let contract = terms("snoozeLease", "Give the job back for some time; the attempt isn't counted")
            .body(.named("Snooze")).answers(.init(204, "It is given back"))
        return EngineEndpoint(.post, path + "snooze", contract) { call in
            try call.query.finish()
            let token = try call.token()
            var fields = try call.fields()
            let span = try fields.requiredPositiveMilliseconds("forMs")
            let context = try call.context(&fields)
            try fields.finish()
            let done = try await call.engine.snooze(.lease(token), for: span, by: context)
            return .empty(sequence: done.sequence)
        }
    }()

    private static let release: EngineEndpoint = {
        let contract = terms("releaseLease", "Give the job back at once; the attempt isn't counted")
            .body(.named("Reason"), isRequired: false).answers(.init(204, "It is given back"))
        return EngineEndpoint(.post, path + "release", contract) { call in
            let token = try call.token()
            let context = try call.reasonedContext()
            return .empty(sequence: try await call.engine.release(.lease(token), by: context).sequence)
        }
    }()

    private static let path = "/v1/leases/{token}/"

    private static func terms(_ id: String, _ summary: String) -> APIOperation {
        APIOperation("Leases", id, summary).path("token", .token)
            .answers(
                .init(409, "The lease is lost", .named("Problem"), contentType: "application/problem+json")
            )
    }
}

extension EngineCall {
    /// The lease's token that stands in the path.
    fileprivate func token() throws(Problem) -> LeaseToken {
        guard let token = LeaseToken(try text("token")) else {
            throw .invalid("token", "must be a token as a lease has it, such as 1.17")
        }
        return token
    }
}
