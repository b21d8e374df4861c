import Orchestration

/// Reads a ``CommandScript``; a line that is wrong is skipped and counted, and so is every line that speaks of a
/// job which only a skipped line would have created.
struct CommandScriptReader: LineReader {
    var account = LineAccount()
    private let name: String
    private var steps: [(at: Timestamp, line: Int, context: CommandContext, command: ScriptedCommand)] = []
    private var times = ScriptTimes()
    /// Most lines have the same context, so it is shared.
    private var lastContext = CommandContext(actor: "script")

    init(name: String) {
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
        // Taken over with the line only: a wrong line has no say in what kind of times the others have.
        var times = times
        var fields = try CommandFields(value, line: line.number)
        guard let at = try times.moment("at", &fields) else { throw fields.problem("at", "is missing") }
        let context = try context(&fields)
        let command = try ScriptedCommandReader.read(&fields, at: at, times: &times)
        try fields.finish()
        self.times = times
        steps.append((at, line.number, context, command))
    }

    private mutating func context(_ fields: inout CommandFields) throws(LineProblem) -> CommandContext {
        let context = CommandContext(
            actor: try fields.text("actor") ?? "script",
            idempotencyKey: try fields.text("idempotencyKey"),
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
        var known: Set<String> = []
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
        among known: inout Set<String>
    ) throws(LineProblem) {
        for case .name(let ref) in command.references where !known.contains(ref) {
            let problem = "no earlier command creates \"\(ref)\""
            throw LineProblem(line: line, field: command.referenceField, problem: problem)
        }
        var own: Set<String> = []
        for case .some(let ref) in command.newReferences
        where known.contains(ref) || !own.insert(ref).inserted {
            throw LineProblem(line: line, field: "ref", problem: "\"\(ref)\" is taken already")
        }
        known.formUnion(own)
    }
}

extension ScriptedCommand {
    /// The field in which it names jobs.
    fileprivate var referenceField: String {
        switch self {
        case .approve, .reject, .completeMany: "jobs"
        default: "job"
        }
    }
}

/// The times of a script: all seconds, or all dates.
struct ScriptTimes {
    /// Unknown until the first time is read.
    private(set) var areDates: Bool?

    /// A number of seconds from 0 to 2^32, or an RFC 3339 text.
    mutating func moment(_ name: String, _ fields: inout CommandFields) throws(LineProblem) -> Timestamp? {
        guard let member = fields.member(name) else { return nil }
        let moment: Timestamp
        let isDate: Bool
        switch member.value {
        case .number(let text):
            guard let seconds = Number.finite(text), (0...4_294_967_296).contains(seconds) else {
                throw fields.problem(name, "must be seconds from 0 to 4294967296")
            }
            moment = Timestamp(nanoseconds: Int64((seconds * 1e9).rounded()))
            isDate = false
        case .string(let text):
            guard let date = CivilTime.timestamp(Array(text.utf8)[...], needsZone: true) else {
                throw fields.problem(name, "must be an RFC 3339 time")
            }
            moment = date
            isDate = true
        default: throw fields.problem(name, "must be seconds or an RFC 3339 time")
        }
        if let areDates, areDates != isDate {
            throw fields.problem(name, "a script's times are all seconds or all dates")
        }
        areDates = isDate
        return moment
    }
}
