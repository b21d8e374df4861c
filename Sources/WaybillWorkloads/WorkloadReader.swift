public import Orchestration

/// Opens a file, tells its format and reads it whole.
///
/// `progress` is called now and then with the bytes read and the file's length on disk. Throws ``WorkloadError``;
/// a malformed line is no error but counted in the workload's ``LineAccount``.
public struct WorkloadReader: Sendable {
    /// The station list to use; by default `bike_oslo_stations.csv`, `stations.csv` or `station_information.json`
    /// beside the status file.
    public var stationsPath: String?
    /// Reading ends after this many data lines.
    public var limit: Int?
    /// Called now and then, with what has been read of the file.
    public var progress: (@Sendable (_ bytesRead: Int, _ totalBytes: Int) -> Void)?

    /// A reader of whole files, unless a limit is given.
    public init(
        stationsPath: String? = nil,
        limit: Int? = nil,
        progress: (@Sendable (_ bytesRead: Int, _ totalBytes: Int) -> Void)? = nil
    ) {
        self.stationsPath = stationsPath
        self.limit = limit
        self.progress = progress
    }

    /// Reads the file; `name` is the workload's name, by default made from the path (see ``names(of:)``).
    public func read(path: String, name: Name? = nil) throws(WorkloadError) -> Workload {
        var source = try LineSource(path: path)
        return try read(&source, name: name ?? Self.name(of: path))
    }

    private func read(_ source: inout LineSource, name: Name) throws(WorkloadError) -> Workload {
        let head = try source.peek(WorkloadFormat.headLength)
        let format = try WorkloadFormat.detect(head: head, path: source.path)
        switch format {
        case .swf: return try drive(&source, SWFReader(name: name))
        case .sacct: return try drive(&source, SacctReader(name: name))
        case .imageRequests: return try drive(&source, ImageRequestReader(name: name))
        case .ciAttempts: return try drive(&source, CIRunReader(name: name))
        case .stationStatus:
            let (list, file) = try stations(beside: source.path)
            var workload = try drive(&source, StationStatusReader(name: name, stations: list.stations))
            workload.sideFiles = [file]
            return workload
        case .gbfs:
            let (list, file) = try stations(beside: source.path)
            source.longestLine = JSONDocuments.longest
            var workload = try drive(&source, GBFSReader(name: name, stations: list.stations, limit: limit))
            workload.sideFiles = [file]
            return workload
        case .lossTable, .su2History:
            let wanted = format == .su2History ? CurveTableReader.wantedOfSU2 : CurveTableReader.wanted
            return try drive(&source, CurveTableReader(name: name, format: format), wanted: wanted)
        case .llmcLog, .openFOAMLog, .lossLines:
            return try drive(&source, CurveReader(name: name, format: format))
        case .commands: return try drive(&source, CommandScriptReader(name: name))
        }
    }

    /// Feeds every row of a table to the reader.
    private func drive<Reader: TableReader>(
        _ source: inout LineSource,
        _ initial: Reader,
        wanted: [WantedColumn] = Reader.wanted
    ) throws(WorkloadError) -> Workload {
        var reader = initial
        var table = Table()
        try table.readHeader(from: &source, &reader.account)
        try table.columns.check(for: wanted, path: source.path)
        while let row = try table.next(from: &source, &reader.account) {
            do throws(LineProblem) {
                if reader.isComment(row) {
                    reader.account.countComment()
                } else {
                    try reader.read(row)
                    reader.account.countData()
                }
            } catch {
                reader.account.skip(error)
            }
            if let limit, reader.account.data >= limit { break }
            if row.line % 4096 == 0 { progress?(source.bytesRead, source.totalBytes) }
        }
        progress?(source.bytesRead, source.totalBytes)
        return reader.finish()
    }

    /// Feeds every line to the reader, blank and overlong ones excepted.
    private func drive<Reader: LineReader>(
        _ source: inout LineSource,
        _ initial: Reader
    ) throws(WorkloadError) -> Workload {
        var reader = initial
        while let line = try source.next() {
            if line.isOverlong {
                reader.account.skip(line.number, "longer than \(source.longestLine) bytes")
            } else if line.isBlank {
                reader.account.countComment()
            } else {
                reader.read(line)
            }
            if let limit, reader.account.data >= limit { break }
            if line.number % 4096 == 0 { progress?(source.bytesRead, source.totalBytes) }
        }
        progress?(source.bytesRead, source.totalBytes)
        return reader.finish()
    }

    private func stations(beside path: String) throws(WorkloadError) -> (StationList, Workload.SideFile) {
        if let stationsPath { return try stations(at: stationsPath) }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        for name in Self.stationLists {
            do {
                return try stations(at: folder + name)
            } catch {
                if case .notFound = error { continue }
                throw error
            }
        }
        throw .stationListMissing(path: path)
    }

    private func stations(at path: String) throws(WorkloadError) -> (StationList, Workload.SideFile) {
        let list = try StationList(path: path)
        return (list, Workload.SideFile(path: path, account: list.account))
    }

    private static let stationLists = ["bike_oslo_stations.csv", "stations.csv", "station_information.json"]

    /// One name a path, no two equal: workloads played together must not share a machine or a queue.
    public static func names(of paths: [String]) -> [Name] {
        var taken: Set<Name> = []
        return paths.map { path in
            let base = name(of: path)
            var name = base
            var number = 1
            while !taken.insert(name).inserted {
                number += 1
                name = "\(base)-\(number)"
            }
            return name
        }
    }

    /// The last part of the path, without `.gz` and one extension.
    static func name(of path: String) -> Name {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if name.hasSuffix(".gz") { name.removeLast(3) }
        if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
        return Name(name)
    }
}

/// One format's reader: takes the lines one by one, then makes the workload.
///
/// Counts each line that it is given exactly once in its account.
protocol LineReader {
    var account: LineAccount { get set }
    mutating func read(_ line: Line)
    consuming func finish() -> Workload
}
