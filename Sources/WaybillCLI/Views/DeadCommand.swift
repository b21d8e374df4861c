import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "Lists dead letters, grouped by what killed them.",
        discussion: """
            A group holds the dead jobs of one kind whose last errors look the same, numbers and ids apart. With \
            --group its jobs are listed; `waybill redrive --group` lets them begin anew.
            """
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var page: PageOptions

    @Option(help: "List the jobs of this group.")
    var group: UInt64?

    struct Group: Encodable {
        let group: UInt64
        let kind: String
        let cause: String
        let error: String
        let message: String
        let jobs: Int
        let firstSeen: String
        let lastSeen: String

        init(_ found: DeadLetterGroup) {
            group = found.id
            kind = found.kind
            cause = "\(found.cause)"
            error = found.errorType
            message = found.sample
            jobs = found.count
            firstSeen = found.firstSeen.rfc3339
            lastSeen = found.lastSeen.rfc3339
        }

        var cells: [String] { [String(group), String(jobs), kind, cause, error, lastSeen, message] }
    }

    struct Letter: Encodable {
        let job: UInt64
        let cause: String
        let error: String
        let message: String
        let why: String
        let diedAt: String

        init(_ letter: DeadLetter) {
            job = letter.id.rawValue
            cause = "\(letter.cause)"
            error = letter.errorType
            message = letter.message
            why = letter.reason
            diedAt = letter.diedAt.rfc3339
        }

        var cells: [String] { [String(job), cause, error, diedAt, why, message] }
    }

    struct Groups: Encodable {
        let groups: [Group]
        let jobs: Int
        let next: UInt64?
    }

    struct Letters: Encodable {
        let letters: [Letter]
        let next: UInt64?
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let dead = try await options.fold().models.deadLetters
            if let group { return try await show(group, dead) }
            let found = await dead.groups(after: page.after, limit: page.limit).map(Group.init)
            let next = found.count == page.limit ? found.last?.group : nil
            if options.json {
                return try Output.json(Groups(groups: found, jobs: await dead.count, next: next))
            }
            var table = Table(
                ["GROUP", "JOBS", "KIND", "CAUSE", "ERROR", "LAST SEEN", "MESSAGE"],
                numeric: [0, 1]
            )
            for group in found { table.add(group.cells) }
            table.print()
            if let next { Output.note("more: --after \(next)") }
        }
    }

    private func show(_ group: UInt64, _ dead: DeadLettersModel) async throws {
        guard await dead.group(group) != nil else { throw CommandFailure("there is no group \(group)") }
        let found = await dead.page(of: group, after: page.cursor, limit: page.limit).map(Letter.init)
        let next = found.count == page.limit ? found.last?.job : nil
        if options.json { return try Output.json(Letters(letters: found, next: next)) }
        var table = Table(["JOB", "CAUSE", "ERROR", "DIED", "WHY", "MESSAGE"], numeric: [0])
        for letter in found { table.add(letter.cells) }
        table.print()
        if let next { Output.note("more: --after \(next)") }
    }
}
