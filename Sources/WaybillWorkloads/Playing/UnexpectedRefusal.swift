public import Orchestration
import Waybill
import WaybillJSON

/// A command that was refused although its player counted on it, or wasn't although its script said so.
public struct UnexpectedRefusal: Sendable, Hashable, CustomStringConvertible {
    /// The workload's name.
    public var workload: Name
    /// The line of a script.
    public var line: Int?
    /// Since time zero of the play.
    public var at: TimeSpan
    /// What was asked and what the domain said, for people.
    public var problem: String

    public var description: String {
        let place = line.map { "line \($0)" } ?? "at \(Double(at.nanoseconds) / 1e9) s"
        return "\(workload), \(place): \(problem)"
    }
}

/// What the domain refused during a play.
struct RefusalAccount: Sendable {
    /// Refused commands, by ``Refusal/name``.
    private(set) var counts: [String: Int] = [:]
    private(set) var unexpected: [UnexpectedRefusal] = []
    private(set) var unexpectedCount = 0

    private static let neverCreated = "jobNeverCreated"

    /// Throws what is no refusal.
    mutating func count(
        _ outcome: Result<Committed<CommandResult>, EngineError>,
        of submission: Submission,
        in workload: Name,
        at now: TimeSpan
    ) throws(EngineError) {
        let refusals = try outcome.refusals
        if refusals.isEmpty, submission.expectedRefusal == nil { return }
        if case .failure(.refused(let refusal)) = outcome { counts[refusal.name, default: 0] += 1 }
        let command = Mirror(reflecting: submission.command).children.first?.label ?? "command"
        if refusals.isEmpty, let expected = submission.expectedRefusal {
            tell(workload, submission.line, at: now, "\(command) was not refused (\(expected))")
        }
        for refusal in refusals where refusal.name != submission.expectedRefusal {
            tell(workload, submission.line, at: now, "\(command) was refused: \(refusal.reason.detail)")
        }
    }

    mutating func count(unresolved steps: [CommandScript.Step], of workload: Name) {
        if !steps.isEmpty { counts[Self.neverCreated, default: 0] += steps.count }
        for step in steps where step.expectedRefusal != Self.neverCreated {
            tell(workload, step.line, at: step.at, "the job that it names was never created")
        }
    }

    private mutating func tell(_ workload: Name, _ line: Int?, at moment: TimeSpan, _ problem: String) {
        unexpectedCount += 1
        if unexpected.count == LineAccount.problemsKept { return }
        unexpected.append(UnexpectedRefusal(workload: workload, line: line, at: moment, problem: problem))
    }
}

extension Result<Committed<CommandResult>, EngineError> {
    /// Of the command, or of the items of one that is not all or none.
    fileprivate var refusals: [Refusal] {
        get throws(EngineError) {
            switch self {
            case .failure(.refused(let refusal)): return [refusal]
            case .failure(let error): throw error
            case .success(let committed):
                guard case .outcomes(let outcomes) = committed.value else { return [] }
                return outcomes.compactMap { $0 }
            }
        }
    }
}
