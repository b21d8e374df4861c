import HTTPTypes
import Waybill
import WaybillHTTP

/// Which items of a list are wrong, when the engine refused all of it.
enum BatchProblems {
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
        let found = try await engine.inspect { state in refusals(of: list, state) }.value
        let faults = found.map { field($0.refusal, ofItem: $0.index) }
        return faults.isEmpty ? error : problem(faults)
    }

    /// What each item would be refused with, and those that clash with one before them.
    private static func refusals(
        of list: [JobSpecification],
        _ state: borrowing State
    ) -> [(index: Int, refusal: Refusal)] {
        let context = CommandContext(actor: "")
        var refusals: [(index: Int, refusal: Refusal)] = []
        var keys: Set<String> = []
        var events: [Event] = []
        for (index, job) in list.enumerated() {
            do throws(Refusal) {
                _ = try state.decide(.create(job), context, at: state.lastTime, entropy: 0, into: &events)
            } catch {
                refusals.append((index, error))
                continue
            }
            guard let key = job.uniqueKey, !keys.insert(key).inserted, job.onClash == .refuse else {
                continue
            }
            let problem = "is that of another job in the list"
            refusals.append((index, .invalid(field: "uniqueKey", problem: problem)))
        }
        return refusals
    }

    private static func field(_ refusal: Refusal, ofItem index: Int) -> Problem.Field {
        if case .invalid(let field, let problem) = refusal {
            return Problem.Field(name: "jobs[\(index)].\(field)", problem: problem)
        }
        return Problem.Field(name: "jobs[\(index)]", problem: refusal.description)
    }
}

extension Refusal {
    /// Whether one item of a list may be the reason.
    fileprivate var isOfAnItem: Bool {
        switch self {
        case .keyReused, .commandTooLarge, .versionConflict: false
        case .invalid("jobs", _), .invalid("onClash", _): false
        case .invalid("idempotencyKey", _), .invalid("traceparent", _), .invalid("actor", _): false
        default: true
        }
    }
}
