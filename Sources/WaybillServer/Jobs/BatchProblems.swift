import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// Which items of a list are wrong, when all of it is refused.
enum BatchProblems {
    /// One that could be read, or what is wrong with it.
    typealias Item = Result<JobSpecification, FieldProblem>

    static func problem(_ faults: [Problem.Field]) -> Problem {
        let names = faults.prefix(3).map { "\($0.name) \($0.problem)" }.joined(separator: "; ")
        let rest = faults.count > 3 ? "; and \(faults.count - 3) more" : ""
        return Problem(.unprocessableContent, "invalid", names + rest, errors: faults)
    }

    /// The problem that names each wrong item; the engine's own where no single item explains it.
    static func problem(
        _ error: EngineError,
        of list: [JobSpecification],
        _ engine: Engine
    ) async throws -> any Error {
        guard case .refused(let refusal) = error, refusal.isOfAnItem else { return error }
        let faults = try await faults(of: list.map { .success($0) }, engine)
        return faults.isEmpty ? error : problem(faults)
    }

    /// What is wrong with each item that can't be read, would be refused, or clashes with one before it.
    static func faults(of items: [Item], _ engine: Engine) async throws -> [Problem.Field] {
        try await engine.inspect { state in
            var (faults, keys): ([Problem.Field], Set<Name>) = ([], [])
            for (index, item) in items.enumerated() {
                do throws(FieldProblem) {
                    let job = try item.get()
                    if let refusal = refusal(of: job, state, &keys) {
                        faults.append(field(refusal, ofItem: index))
                    }
                } catch {
                    faults.append(Problem.Field(name: error.field ?? "jobs", problem: error.problem))
                }
            }
            return faults
        }.value
    }

    private static func refusal(
        of job: JobSpecification,
        _ state: borrowing State,
        _ keys: inout Set<Name>
    ) -> Refusal? {
        var events: [Event] = []
        do throws(Refusal) {
            let context = CommandContext(actor: "")
            _ = try state.decide(.create(job), context, at: state.lastTime, entropy: 0, into: &events)
        } catch { return error }
        guard let key = job.uniqueKey, !keys.insert(key).inserted, job.onClash == .refuse else { return nil }
        return .invalid(field: "uniqueKey", problem: "is that of another job in the list")
    }

    private static func field(_ refusal: Refusal, ofItem index: Int) -> Problem.Field {
        if let wrong = refusal.fieldProblem, let field = wrong.field {
            return Problem.Field(name: "jobs[\(index)].\(field)", problem: wrong.problem)
        }
        return Problem.Field(name: "jobs[\(index)]", problem: refusal.description)
    }
}

extension Refusal {
    /// Whether one item of a list may be the reason.
    fileprivate var isOfAnItem: Bool {
        switch self {
        case .keyReused, .commandTooLarge, .versionConflict: false
        case .invalid("jobs", _): false
        case .invalid("idempotencyKey", _), .invalid("traceparent", _), .invalid("actor", _): false
        default: true
        }
    }
}
