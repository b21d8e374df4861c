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

    @concurrent
    func run() async throws {
        try await reporting {
            let dead = try await options.fold().models.deadLetters
            if let group { return try await show(group, dead) }
            let found = await dead.groups(after: page.after, limit: page.limit)
            let next = page.next(found, \.id)
            if options.json { return Output.json(JSONPage(found, next: next)) }
            var table = Table(
                ["ID", "COUNT", "KIND", "DEATH CAUSE", "ERROR TYPE", "LAST SEEN", "MESSAGE"],
                numeric: [0, 1]
            )
            for group in found { table.add(group.cells) }
            table.print(next: next)
        }
    }

    private func show(_ group: UInt64, _ dead: DeadLettersModel) async throws {
        guard await dead.group(group) != nil else { throw CommandFailure("there is no group \(group)") }
        let found = await dead.page(of: group, after: page.cursor, limit: page.limit)
        let next = page.next(found, \.id.rawValue)
        if options.json { return Output.json(JSONPage(found, next: next)) }
        var table = Table(
            ["JOB", "DEATH CAUSE", "ERROR TYPE", "DIED", "DEATH REASON", "MESSAGE"],
            numeric: [0]
        )
        for letter in found { table.add(letter.cells) }
        table.print(next: next)
    }
}

extension DeadLetterGroup {
    fileprivate var cells: [String] {
        [String(id), String(count), kind.text, cause.name, errorType.text, lastSeen.rfc3339, sample]
    }
}

extension DeadLetter {
    fileprivate var cells: [String] {
        [id.description, cause.name, errorType.text, diedAt.rfc3339, reason, message]
    }
}
