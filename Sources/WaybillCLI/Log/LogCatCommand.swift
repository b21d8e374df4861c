import ArgumentParser
import EventLog
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct LogCatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat",
        abstract: "Prints events, one JSON object a line.",
        discussion: """
            With --raw the bytes of the batches as they were before compression: what `cat seg-*.lz4 | lz4 -dc` \
            gives. Event types: \(Event.Body.names.joined(separator: ", ")).
            """
    )

    @Option(help: "The directory that holds the log.")
    var data: String

    @Flag(help: "JSON lines; that is what is printed anyway.")
    var json = false

    @Option(help: "Begin at this sequence.")
    var from: UInt64 = 1

    @Option(help: "End with this sequence.")
    var to: UInt64 = .max

    @Option(help: "Only events of this type; may be given several times.")
    var type: [String] = []

    @Option(help: "Only events that touch this job.")
    var job: UInt64?

    @Flag(help: "Print uncompressed batches instead of JSON; ranges and filters don't apply.")
    var raw = false

    func validate() throws {
        try DataOptions.check(directory: data)
        if let unknown = type.first(where: { !Event.Body.names.contains($0) }) {
            throw ValidationError(
                "There is no event type \(unknown); there are \(Event.Body.names.joined(separator: ", "))."
            )
        }
        if from > to { throw ValidationError("--from \(from) lies after --to \(to).") }
        if raw, json { throw ValidationError("--raw prints bytes, --json lines: give one of them.") }
        if raw, from > 1 || to < .max || !type.isEmpty || job != nil {
            throw ValidationError("--raw prints whole batches: it takes no range and no filter.")
        }
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let recording = try Recording(at: data)
            if raw { return try printRaw(recording.files) }
            var lines: [UInt8] = []
            try recording.events(from: from, to: to) { event in
                guard wants(event) else { return }
                lines += event.jsonLine
                if lines.count > 1 << 16 {
                    Output.write(lines, to: 1)
                    lines.removeAll(keepingCapacity: true)
                }
            }
            Output.write(lines, to: 1)
        }
    }

    private func wants(_ event: Event) -> Bool {
        (type.isEmpty || type.contains(event.body.name)) && (job == nil || event.body.job?.rawValue == job)
    }

    private func printRaw(_ files: any LogFS) throws {
        let reader = try LogReader(files)
        while let batch = try reader.next() { Output.write(batch.payload, to: 1) }
    }
}
