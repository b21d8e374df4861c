import Orchestration
import WaybillJSON

/// Reads a ``CommandScript``; a line that is wrong is skipped and counted, and so is every line that speaks of a
/// job which only a skipped line would have created.
struct CommandScriptReader: LineReader {
    var account = LineAccount()
    private let name: Name
    private var steps: [ReadLine] = []
    private var times = ScriptTimes()
    /// Most lines have the same context, so it is shared.
    private var lastContext = CommandContext(actor: "script")

    private struct ReadLine {
        let at: Timestamp
        let line: Int
        let context: CommandContext
        let expectedRefusal: String?
        let command: ScriptedCommand
    }

    init(name: Name) {
        self.name = name
    }

    mutating func read(_ line: Line) {
        do {
            try readObject(line)
            account.countData()
        } catch {
            account.skip(error)
        }
    }

    private mutating func readObject(_ line: Line) throws(LineProblem) {
        let value: JSONValue
        do {
            value = try JSONValue.parse(line.bytes)
        } catch {
            throw LineProblem(line: line.number, problem: error.message)
        }
        do {
            try readFields(value, line)
        } catch {
            throw LineProblem(line: line.number, field: error.field, problem: error.problem)
        }
    }

    private mutating func readFields(_ value: JSONValue, _ line: Line) throws(FieldProblem) {
        // Taken over with the line only: a wrong line has no say in what kind of times the others have.
        var times = times
        var fields = try JSONFields(value)
        guard let at = try times.moment("at", &fields) else { throw fields.problem("at", "is missing") }
        let context = try context(&fields)
        let expectedRefusal = try fields.text("refusal")
        let command = try ScriptedCommandReader.read(&fields, at: at, times: &times)
        try fields.finish()
        self.times = times
        steps.append(
            ReadLine(
                at: at,
                line: line.number,
                context: context,
                expectedRefusal: expectedRefusal,
                command: command
            )
        )
    }

    private mutating func context(_ fields: inout JSONFields) throws(FieldProblem) -> CommandContext {
        let context = CommandContext(
            actor: try fields.name("actor") ?? "script",
            idempotencyKey: try fields.name("idempotencyKey"),
            reason: try fields.text("reason"),
            traceparent: try fields.text("traceparent"),
            expectedVersion: try fields.integer("expectedVersion", UInt64.self)
        )
        if context != lastContext { lastContext = context }
        return lastContext
    }

    consuming func finish() -> Workload {
        steps.sort { $0.at < $1.at }
        dropUnresolved()
        let zero = times.areDates == true ? steps.first?.at ?? .zero : .zero
        let script = CommandScript(
            steps: steps.map { step in
                CommandScript.Step(
                    at: step.at - zero,
                    line: step.line,
                    context: step.context,
                    expectedRefusal: step.expectedRefusal,
                    command: step.command
                )
            },
            zero: zero
        )
        return Workload(
            name: name,
            format: .commands,
            start: times.areDates == true && !script.steps.isEmpty ? zero : nil,
            account: account,
            content: .commands(script)
        )
    }

    /// Skips, in the order of time, the lines that can't be resolved; what they would have created is unknown to
    /// the lines after them.
    private mutating func dropUnresolved() {
        var known: Set<Name> = []
        let all = steps
        steps = all.filter { step in
            do throws(LineProblem) {
                try Self.resolve(step.command, line: step.line, among: &known)
                return true
            } catch {
                account.skipCounted(error)
                return false
            }
        }
    }

    /// Adds the command's own refs to `known` unless it is wrong.
    private static func resolve(
        _ command: ScriptedCommand,
        line: Int,
        among known: inout Set<Name>
    ) throws(LineProblem) {
        for case .name(let ref) in command.references where !known.contains(ref) {
            let problem = "no earlier command creates \"\(ref)\""
            throw LineProblem(line: line, field: command.referenceField, problem: problem)
        }
        var own: Set<Name> = []
        for case .some(let ref) in command.newReferences
        where known.contains(ref) || !own.insert(ref).inserted {
            throw LineProblem(line: line, field: "ref", problem: "\"\(ref)\" is taken already")
        }
        known.formUnion(own)
    }
}
