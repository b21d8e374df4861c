import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

extension Problem {
    static let noSimulation = Problem.notFound("Simulation not found")
}

extension Engine {
    /// A simulation, whole; jobs of other services are not found.
    func simulation(_ job: JobID) async throws -> JobDetail {
        guard let detail = try await detail(of: job), detail.isSimulation else { throw Problem.noSimulation }
        return detail
    }

    /// What memory knows of a simulation, with everything that was acknowledged before; jobs of other services are
    /// not found.
    func simulationSummary(_ job: JobID) async throws -> JobSummary {
        guard await jobs.caughtUp(to: durableSequence) else { throw Problem.behind }
        guard let summary = await jobs[job], summary.kind == SimulationRoutes.kind,
            summary.queue == SimulationRoutes.queue
        else { throw Problem.noSimulation }
        return summary
    }

    /// Whether a command with the context's idempotency key was done before.
    func remembers(_ context: CommandContext) async throws -> Bool {
        guard context.idempotencyKey != nil else { return false }
        return try await inspect { $0.remembers(context, at: .zero) }.value
    }
}

extension CommandContext {
    /// The same caller's, under another idempotency key, expecting another version.
    func with(key: String?, expecting version: UInt64? = nil) -> CommandContext {
        CommandContext(
            actor: actor,
            idempotencyKey: key,
            reason: reason,
            traceparent: traceparent,
            expectedVersion: version
        )
    }
}

extension JSONFields {
    /// A number of something, from 1; nil where it is missing or null.
    mutating func number(_ name: String) throws(FieldProblem) -> UInt64? {
        guard let number = try integer(name, UInt64.self) else { return nil }
        if number == 0 { throw problem(name, "must be at least 1") }
        return number
    }

    mutating func requiredNumber(_ name: String) throws(FieldProblem) -> UInt64 {
        guard let number = try number(name) else { throw problem(name, "is missing") }
        return number
    }

    /// A time that may lack its zone, as this service's clients write it: it is UTC then.
    mutating func looseMoment(_ name: String) throws(FieldProblem) -> Timestamp? {
        guard let text = try text(name) else { return nil }
        guard let moment = CivilTime.timestamp(Array(text.utf8)[...], needsZone: false) else {
            throw problem(name, "must be an RFC 3339 time, such as 2026-11-20T09:30:00Z")
        }
        return moment
    }
}
