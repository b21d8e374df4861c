import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

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

    /// Whether a request was done before; throws where its key came with another one.
    func repeats(_ request: CommandContext) async throws -> Bool {
        guard request.idempotencyKey != nil else { return false }
        return try await inspect { state -> Result<Bool, Refusal> in
            do throws(Refusal) {
                return .success(try state.repeats(request, at: .zero))
            } catch {
                return .failure(error)
            }
        }.value.get()
    }

    /// Does all of it or nothing, on a simulation that still is as it was seen; nil where it has changed meanwhile, and
    /// what is to be done has to be found anew.
    func submit(
        _ commands: [Command],
        seeing version: UInt64,
        by request: CommandContext
    ) async throws -> UInt64? {
        var members = commands.map { CommandGroup.Member($0) }
        members[0].expectedVersion = version
        do throws(EngineError) {
            return try await submit(together: members, by: request).sequence
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            guard case .versionConflict = refusal.root else { throw refusal.root }
            return nil
        }
    }
}

extension EngineCall {
    /// Who asks, with a key that stands for all that the request says.
    func asking(_ request: String...) -> CommandContext {
        CommandContext(actor: context.actor, idempotencyKey: idempotencyKey, traceparent: traceparent)
            .asking(request)
    }
}

extension JobDetail {
    /// Throws when the caller expects another version.
    func check(_ expected: UInt64?) throws(Refusal) {
        guard let expected, expected != version else { return }
        throw .versionConflict(id, expected: expected, actual: version)
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
    mutating func zonelessTimestamp(_ name: String) throws(FieldProblem) -> Timestamp? {
        guard let text = try text(name) else { return nil }
        do { return try Timestamp(rfc3339: text, needsZone: false) } catch { throw problem(name, "\(error)") }
    }
}
