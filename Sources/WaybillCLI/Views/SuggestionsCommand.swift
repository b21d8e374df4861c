import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct SuggestionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggestions",
        abstract: "Lists suggestions that wait for a decision, oldest first."
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var page: PageOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let inbox = try await options.fold().models.suggestions
            let found = await inbox.page(after: page.cursor, limit: page.limit)
            let next = page.next(found, \.id.rawValue)
            if options.json { return Output.json(JSONPage(found, next: next, count: await inbox.count)) }
            var table = Table(
                ["ID", "KIND", "QUEUE", "SOURCE", "CONFIDENCE", "UNIQUE KEY", "CREATED"],
                numeric: [0, 4]
            )
            for suggestion in found { table.add(suggestion.cells) }
            table.print(next: next)
        }
    }
}

extension OpenSuggestion {
    fileprivate var cells: [String] {
        let confidence = specification.confidence.map { String(($0 * 1000).rounded() / 1000) } ?? ""
        return [
            id.description, specification.kind.text, specification.queue.text,
            specification.source?.text ?? "",
            confidence,
            specification.uniqueKey?.text ?? "", madeAt.rfc3339,
        ]
    }
}
