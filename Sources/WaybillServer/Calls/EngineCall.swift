import Orchestration
package import Waybill
package import WaybillHTTP
import WaybillJSON

/// A request to the engine.
package typealias EngineCall = Call<ServedEngine>

/// An operation on the engine.
package typealias EngineEndpoint = Endpoint<ServedEngine>

extension EngineCall {
    package var engine: Engine { backend.engine }

    /// Who asks, as far as the header fields tell; there is no authentication yet, so everybody is one principal.
    package var context: CommandContext {
        CommandContext(
            actor: "anonymous",
            idempotencyKey: idempotencyKey,
            traceparent: traceparent,
            expectedVersion: expectedVersion
        )
    }

    /// The same with the `reason` that the body gives, if any.
    func context(_ fields: inout JSONFields) throws -> CommandContext {
        let reason = try fields.text("reason")
        // Here already, for some requests turn out to be no command.
        let limits = CoreLimits(payloadBytes: engine.limits.payloadBytes)
        if let reason { try limits.check(prose: reason, field: "reason") }
        return context.with(reason: reason)
    }

    /// For commands whose body, if there is one, holds a `reason` and nothing else.
    mutating func reasonedContext() throws -> CommandContext {
        try query.finish()
        var fields = try optionalFields()
        let context = try context(&fields)
        try fields.finish()
        return context
    }

    /// Whether the principal may approve suggestions; everybody may as long as nobody is asked who they are.
    var mayApprove: Bool { true }

    /// The job whose number stands in the path.
    package func job(_ name: String = "id") throws(Problem) -> JobID { JobID(try number(name)) }

    /// The name that stands in the path, of a length that the engine takes.
    func name() throws -> Name {
        let name = Name(try text("name"))
        try Schema.limits.check(name: name, field: "name")
        return name
    }

    /// When a job was created by a command that reached this sequence; also for a repeated one.
    package func creationTime(of job: JobID, _ sequence: UInt64) async throws -> Timestamp {
        guard await engine.jobs.caughtUp(to: sequence) else { throw Problem.behind }
        if let origin = await engine.jobs.origins(of: [job])[0] { return origin.createdAt }
        guard let event = try await engine.firstEvent(of: job) else { throw Refusal.notFound(job) }
        return event.time
    }
}

extension Query {
    package mutating func timestamp(_ name: String, needsZone: Bool = true) throws(Problem) -> Timestamp? {
        guard let text = try text(name) else { return nil }
        do { return try Timestamp(rfc3339: text, needsZone: needsZone) } catch {
            throw .invalid(name, "\(error)")
        }
    }
}
