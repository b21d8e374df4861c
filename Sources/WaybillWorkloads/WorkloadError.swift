/// Why a file could not be read as a workload.
///
/// Nothing of the file is used when one of these is thrown.
///
/// A bad line is not an error: it is skipped and counted in ``LineAccount``.
public enum WorkloadError: Error, Sendable, Hashable {
    /// There is no such file, or it can't be read.
    case notFound(path: String)
    /// The system refused to open or read it; `errno` as the system gave it.
    case unreadable(path: String, errno: Int32)
    /// No bytes at all, or none after decompression.
    case empty(path: String)
    /// The file ends inside a gzip member.
    case truncatedGzip(path: String)
    /// A gzip member's CRC-32 or length does not match its content (RFC 1952).
    case gzipChecksum(path: String)
    /// Not a valid deflate stream, or bytes that are not gzip follow a member.
    case corruptGzip(path: String, problem: String)
    /// A file that is known but has no reader yet; `kind` says what it is.
    case unsupported(path: String, kind: String)
    /// Neither the content nor the name says what it is; `columns` are those of a table that nobody knows.
    case unrecognised(path: String, columns: [String] = [])
    /// Station status needs a list of stations: `--stations FILE`, or one beside the status file.
    case stationListMissing(path: String)
    /// Columns that the reader can't do without are not in the header.
    case missingColumns(path: String, missing: [String], found: [String], wanted: [String])
    /// An archive, or text in an encoding that is not read.
    case foreign(path: String, ForeignContent)
}

extension WorkloadError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .notFound(let path): "\(path): no such file"
        case .unreadable(let path, let errno): "\(path): cannot be read: \(ByteSource.reason(errno))"
        case .empty(let path): "\(path): the file is empty"
        case .truncatedGzip(let path): "\(path): the gzip file is cut short"
        case .gzipChecksum(let path): "\(path): the gzip checksum does not match the content"
        case .corruptGzip(let path, let problem): "\(path): the gzip file is damaged (\(problem))"
        case .unsupported(let path, let kind):
            "\(path): this is \(kind), which cannot be played yet; supported are \(WorkloadFormat.supported)"
        case .unrecognised(let path, []):
            "\(path): the format is not recognised; supported are \(WorkloadFormat.supported)"
        case .unrecognised(let path, let columns):
            "\(path): the format is not recognised: found are the columns \(Self.list(columns)); wanted are "
                + KnownTable.wanted
        case .stationListMissing(let path):
            "\(path): station status needs the list of stations (--stations FILE)"
        case .missingColumns(let path, let missing, let found, let wanted):
            "\(path): columns are missing: \(Self.list(missing)); found are \(Self.list(found)); wanted are "
                + Self.list(wanted)
        case .foreign(let path, let content): "\(path): this is \(content.kind); \(content.advice)"
        }
    }

    /// At most so many names, each at most so long: they come from the file.
    private static func list(_ names: [String]) -> String {
        if names.isEmpty { return "none" }
        let shown = names.prefix(20).map { $0.isEmpty ? "\"\"" : String($0.prefix(60)) }
        let rest = names.count - shown.count
        return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
