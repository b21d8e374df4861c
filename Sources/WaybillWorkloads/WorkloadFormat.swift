import Orchestration
import WaybillJSON

/// The formats that have a reader, told by a file's first lines; the name is only asked when they do not say.
public enum WorkloadFormat: String, CaseIterable, Sendable {
    /// Standard Workload Format: HPC jobs.
    case swf
    /// What `sacct --parsable2` prints: HPC jobs.
    case sacct
    /// Bike-share station status over time, `last_updated,station_id,…`.
    case stationStatus
    /// Bike-share station status as documents of the General Bikeshare Feed Specification.
    case gbfs
    /// llm.c training log, `s:STEP trl:LOSS …`.
    case llmcLog
    /// Table with the columns `step` and `loss`.
    case lossTable
    /// The same as JSON lines: an object a line.
    case lossLines
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
        SWF job traces, sacct --parsable2, station status (tables and GBFS), curves (llm.c, step/loss tables and JSON \
        lines, SU2, OpenFOAM), image requests, CI attempts and command scripts (NDJSON)
        """

    /// How much of a file is looked at.
    static let headLength = 1 << 14

    /// Decides from the first bytes; `path` is the hint and the subject of errors.
    public static func detect(head: ArraySlice<UInt8>, path: String) throws(WorkloadError) -> WorkloadFormat {
        if head.isEmpty { throw .empty(path: path) }
        if let foreign = ForeignContent(head) { throw .foreign(path: path, foreign) }
        let lines = head.split(separator: 0x0a, maxSplits: 400).prefix(400)
            .map { $0.last == 0x0d ? $0.dropLast() : $0 }
        guard let first = lines.first(where: { !$0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }) else {
            throw .unrecognised(path: path)
        }
        let columns = Table.columns(of: head)
        if let table = KnownTable.table(of: columns) {
            guard let format = table.format else { throw .unsupported(path: path, kind: table.kind) }
            return format
        }
        if let format = try format(ofJSON: head, lines, path: path) { return format }
        if let format = format(ofFirst: first) ?? format(ofBody: lines) ?? format(ofName: path) {
            return format
        }
        if Set(first.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }).isSuperset(of: [
            "JobID", "State",
        ]) {
            throw .unsupported(
                path: path,
                kind: "what sacct prints for people (give what sacct --parsable2 prints)"
            )
        }
        throw unknown(columns, path: path)
    }

    /// Formats of JSON objects, or of documents.
    private static func format(
        ofJSON head: ArraySlice<UInt8>,
        _ lines: [ArraySlice<UInt8>],
        path: String
    ) throws(WorkloadError) -> WorkloadFormat? {
        guard let first = head.first(where: { !JSONDocuments.isBlank($0) }), first == 0x7b || first == 0x5b
        else {
            return nil
        }
        let text = String(decoding: head, as: UTF8.self)
        func names(_ members: String...) -> Bool { members.contains { text.contains("\"\($0)\"") } }
        if names("command") { return .commands }
        if names("stations") || names("last_updated") && names("data") {
            if names("num_bikes_available", "num_vehicles_available", "num_docks_available", "is_renting") {
                return .gbfs
            }
            let kind =
                names("lat")
                ? "a GBFS list of stations (give it with --stations)"
                : "a GBFS document without station status"
            throw .unsupported(path: path, kind: kind)
        }
        if names("jobs") && names("meta") {
            throw .unsupported(path: path, kind: "sacct's JSON (give what sacct --parsable2 prints)")
        }
        let columns = Columns(CurveObjectParser.names(in: lines))
        if KnownTable.table(of: columns)?.format == .lossTable { return .lossLines }
        if KnownTable.nearest(to: columns)?.format == .lossTable { throw unknown(columns, path: path) }
        return first == 0x7b ? .commands : nil
    }

    /// Formats that the first line gives away.
    private static func format(ofFirst line: ArraySlice<UInt8>) -> WorkloadFormat? {
        let text = String(decoding: line.prefix(2048), as: UTF8.self)
        if text.hasPrefix(";") || isJobLine(line) { return .swf }
        if text.hasPrefix("s:") && (text.contains(" trl:") || text.contains(" tel:")) { return .llmcLog }
        return nil
    }

    /// Why a table can't be read that has other columns than those that are known.
    private static func unknown(_ columns: Columns, path: String) -> WorkloadError {
        guard columns.count > 1 else { return .unrecognised(path: path) }
        guard let table = KnownTable.nearest(to: columns) else {
            return .unrecognised(path: path, columns: columns.names.map(\.text))
        }
        do {
            try columns.check(for: table.wanted, path: path)
            return .unrecognised(path: path, columns: columns.names.map(\.text))
        } catch {
            return error
        }
    }

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
