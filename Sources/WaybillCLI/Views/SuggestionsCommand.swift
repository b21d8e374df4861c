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

    struct Line: Encodable {
        let id: UInt64
        let kind: String
        let queue: String
        let source: String?
        let confidence: Double?
        let uniqueKey: String?
        let madeAt: String

        init(_ suggestion: OpenSuggestion) {
            id = suggestion.id.rawValue
            kind = suggestion.specification.kind
            queue = suggestion.specification.queue
            source = suggestion.specification.source
            confidence = suggestion.specification.confidence
            uniqueKey = suggestion.specification.uniqueKey
            madeAt = suggestion.madeAt.rfc3339
        }

        var cells: [String] {
            let confidence = confidence.map { String(($0 * 1000).rounded() / 1000) } ?? ""
            return [String(id), kind, queue, source ?? "", confidence, uniqueKey ?? "", madeAt]
        }
    }

    struct Report: Encodable {
        let suggestions: [Line]
        let next: UInt64?
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let models = try await options.fold().models
            let found = await models.suggestions.page(after: page.cursor, limit: page.limit).map(Line.init)
            let next = found.count == page.limit ? found.last?.id : nil
            if options.json { return try Output.json(Report(suggestions: found, next: next)) }
            var table = Table(
                ["ID", "KIND", "QUEUE", "SOURCE", "CONFIDENCE", "KEY", "MADE"],
                numeric: [0, 4]
            )
            for suggestion in found { table.add(suggestion.cells) }
            table.print()
            if let next { Output.note("more: --after \(next)") }
        }
    }
}
