import WaybillJSON

/// The formats that have a reader, told by a file's first lines; the name is only asked when they do not say.
public enum WorkloadFormat: String, CaseIterable, Sendable {
    /// Standard Workload Format: HPC jobs.
    case swf
    /// Bike-share station status over time, `last_updated,station_id,…`.
    case stationStatus
    /// llm.c training log, `s:STEP trl:LOSS …`.
    case llmcLog
    /// Table with the columns `step` and `loss`.
    case lossTable
    /// SU2 convergence history.
    case su2History
    /// OpenFOAM solver log.
    case openFOAMLog
    /// Image-generation requests, `gmt_create,…`.
    case imageRequests
    /// Attempts of CI runs, `repo,workflow,…`.
    case ciAttempts
    /// Our own command script, one JSON object a line.
    case commands

    /// For error texts.
    static let supported = """
        SWF job traces, station status tables, curves (llm.c, step/loss tables, SU2, OpenFOAM), image requests, \
        CI attempts and command scripts (NDJSON)
        """

    /// How much of a file is looked at.
    static let headLength = 1 << 14

    /// Decides from the first bytes; `path` is the hint and the subject of errors.
    public static func detect(head: ArraySlice<UInt8>, path: String) throws(WorkloadError) -> WorkloadFormat {
        if head.isEmpty { throw .empty(path: path) }
        let lines = head.split(separator: 0x0a, maxSplits: 400).prefix(400)
            .map { $0.last == 0x0d ? $0.dropLast() : $0 }
        guard let first = lines.first(where: { !$0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }) else {
            throw .unrecognised(path: path)
        }
        if let format = try format(ofHeader: first, path: path) { return format }
        if let format = format(ofBody: lines) { return format }
        if let format = format(ofName: path) { return format }
        throw .unrecognised(path: path)
    }

    /// Formats that the first line gives away.
    private static func format(
        ofHeader line: ArraySlice<UInt8>,
        path: String
    ) throws(WorkloadError) -> WorkloadFormat? {
        let text = String(decoding: line.prefix(2048), as: UTF8.self)
        if text.hasPrefix(";") || isJobLine(line) { return .swf }
        if text.hasPrefix("last_updated,station_id") { return .stationStatus }
        if text.hasPrefix("gmt_create,") { return .imageRequests }
        if text.hasPrefix("repo,workflow,") { return .ciAttempts }
        if text.hasPrefix("s:") && (text.contains(" trl:") || text.contains(" tel:")) { return .llmcLog }
        if text.hasPrefix("{") {
            if text.contains("\"stations\"") && !text.contains("\"command\"") {
                throw .unsupported(path: path, kind: "a station feed document")
            }
            return .commands
        }
        if text.contains("\"Inner_Iter\"") || text.contains("\"rms[") { return .su2History }
        let columns = text.split(separator: ",", omittingEmptySubsequences: false)
        if columns.contains("step") && columns.contains("loss") { return .lossTable }
        if let kind = unsupported.first(where: { text.hasPrefix($0.header) })?.kind {
            throw .unsupported(path: path, kind: kind)
        }
        return nil
    }

    private static let unsupported: [(header: String, kind: String)] = [
        ("station_id,name", "a station list (give it with --stations)"),
        ("name,cpu_milli,", "a list of pods"),
        ("sn,cpu_milli,", "a list of nodes"),
        (",time,instance_events_type", "a table of cluster instance events"),
        ("TIMESTAMP,ContextTokens", "a table of inference requests"),
        ("Prompt\tCategory", "a table of prompts"),
    ]

    private static func isJobLine(_ line: ArraySlice<UInt8>) -> Bool {
        var fields = Fields()
        fields.splitBlanks(line)
        return fields.count == 18 && fields.slices.allSatisfy { Number.real($0) != nil }
    }

    /// Formats whose first line may be prose or damaged, told by the lines after it.
    private static func format(ofBody lines: [ArraySlice<UInt8>]) -> WorkloadFormat? {
        let texts = lines.map { String(decoding: $0, as: UTF8.self) }
        let isOpenFOAM = texts.contains {
            $0.contains("OpenFOAM") || $0.contains("Solving for ") && $0.contains("Initial residual")
        }
        if isOpenFOAM { return .openFOAMLog }
        return lines.contains { $0.first == 0x3b || isJobLine($0) } ? .swf : nil
    }

    private static func format(ofName path: String) -> WorkloadFormat? {
        let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        if name.hasSuffix(".swf") { return .swf }
        if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") { return .commands }
        return nil
    }
}
