import ArgumentParser
import EventLog
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct LogListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "Lists the segments, oldest first.",
        discussion:
            "By their headers alone: contents are neither unpacked nor checked; `log verify` does that."
    )

    @OptionGroup var options: DataOptions

    struct Line: Encodable {
        let name: String
        let bytes: UInt64
        let firstSequence: UInt64
        let lastSequence: UInt64
        let batches: Int
        let epoch: UInt64
        let firstTime: String?
        let lastTime: String?
        let isSealed: Bool

        init(_ segment: SegmentSummary) {
            name = segment.name
            bytes = segment.bytes
            firstSequence = segment.firstSequence
            lastSequence = segment.lastSequence
            batches = segment.batches
            epoch = segment.epoch
            firstTime = segment.firstTime.map { Timestamp(nanoseconds: $0).rfc3339 }
            lastTime = segment.lastTime.map { Timestamp(nanoseconds: $0).rfc3339 }
            isSealed = segment.isSealed
        }

        var cells: [String] {
            let sequences = lastSequence < firstSequence ? "empty" : "\(firstSequence)–\(lastSequence)"
            return [
                name, String(bytes), sequences, String(batches), String(epoch), firstTime ?? "",
                lastTime ?? "",
                isSealed ? "sealed" : "active",
            ]
        }
    }

    struct Report: Encodable {
        let segments: [Line]
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let segments = try listSegments(options.recording().files).map(Line.init)
            if options.json { return try Output.json(Report(segments: segments)) }
            var table = Table(
                ["SEGMENT", "BYTES", "SEQUENCES", "BATCHES", "EPOCH", "FIRST", "LAST", "STATE"],
                numeric: [1, 3, 4]
            )
            for segment in segments { table.add(segment.cells) }
            table.print()
        }
    }
}
