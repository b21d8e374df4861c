/// Opens a file, tells its format and reads it whole.
///
/// `progress` is called now and then with the bytes read and the file's length on disk. Throws ``WorkloadError``;
/// a malformed line is no error but counted in the workload's ``LineAccount``.
public struct WorkloadReader: Sendable {
    /// The station list to use; by default `bike_oslo_stations.csv` or `stations.csv` beside the status file.
    public var stationsPath: String?
    /// Reading ends after this many data lines.
    public var limit: Int?
    public var progress: (@Sendable (_ bytesRead: Int, _ totalBytes: Int) -> Void)?

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
    public func read(path: String, name: String? = nil) throws(WorkloadError) -> Workload {
        var source = try LineSource(path: path)
        return try read(&source, name: name ?? Self.name(of: path))
    }

    private func read(_ source: inout LineSource, name: String) throws(WorkloadError) -> Workload {
        let head = try source.peek(WorkloadFormat.headLength)
        let format = try WorkloadFormat.detect(head: head, path: source.path)
        switch format {
        case .swf:
            return try drive(&source, SWFReader(name: name))
        case .imageRequests:
            return try drive(&source, ImageRequestReader(name: name, path: source.path))
        case .ciAttempts:
            return try drive(&source, CIRunReader(name: name, path: source.path))
        case .stationStatus:
            let stations = try stations(beside: source.path)
            return try drive(&source, StationStatusReader(name: name, path: source.path, stations: stations))
        case .llmcLog, .lossTable, .su2History, .openFOAMLog:
            return try drive(&source, CurveReader(name: name, path: source.path, format: format))
        case .commands:
            return try drive(&source, CommandScriptReader(name: name))
        }
    }

    /// Feeds every line to the reader, blank and overlong ones excepted.
    private func drive<Reader: LineReader>(
        _ source: inout LineSource,
        _ initial: Reader
    ) throws(WorkloadError) -> Workload {
        var reader = initial
        while let line = try source.next() {
            if line.isOverlong {
                reader.account.skip(line.number, "longer than \(LineSource.longestLine) bytes")
            } else if line.isBlank {
                reader.account.countComment()
            } else {
                try reader.read(line)
            }
            if let limit, reader.account.data >= limit { break }
            if line.number % 4096 == 0 { progress?(source.bytesRead, source.totalBytes) }
        }
        progress?(source.bytesRead, source.totalBytes)
        return try reader.finish()
    }

    private func stations(beside path: String) throws(WorkloadError) -> [Station] {
        if let stationsPath { return try StationList(path: stationsPath).stations }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        for name in ["bike_oslo_stations.csv", "stations.csv"] {
            do {
                return try StationList(path: folder + name).stations
            } catch {
                if case .notFound = error { continue }
                throw error
            }
        }
        throw .stationListMissing(path: path)
    }

    /// One name a path, no two equal: workloads played together must not share a machine or a queue.
    public static func names(of paths: [String]) -> [String] {
        var taken: Set<String> = []
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
    static func name(of path: String) -> String {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if name.hasSuffix(".gz") { name.removeLast(3) }
        if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
        return name
    }
}

/// One format's reader: takes the lines one by one, then makes the workload.
///
/// Counts each line that it is given exactly once in its account.
protocol LineReader {
    var account: LineAccount { get set }
    mutating func read(_ line: Line) throws(WorkloadError)
    consuming func finish() throws(WorkloadError) -> Workload
}
