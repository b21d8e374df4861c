/// What a file is that no reader can make sense of, told by its first bytes: archives, and text in another encoding.
///
/// An archive of traces would else be played in part, for some of its lines are lines of a trace.
public struct ForeignContent: Sendable, Hashable {
    /// With its article, such as "a zip archive".
    public let kind: String
    /// What to do about it.
    public let advice: String

    /// Nil where the bytes are none of these.
    init?(_ head: ArraySlice<UInt8>) {
        if head.contains(0x0d), !head.contains(0x0a), head.last != 0x0d {
            kind = "text whose lines end with carriage returns alone"
            advice = "save it with line feeds"
            return
        }
        guard let known = Self.known.first(where: { head.dropFirst($0.offset).starts(with: $0.magic) }) else {
            return nil
        }
        kind = known.kind
        advice = known.advice
    }

    private static let unpack = "unpack it and give the files in it"
    private static let unpackOnce = "unpack it, or pack it with gzip"
    private static let export = "save it as CSV"

    private static let known: [(offset: Int, magic: [UInt8], kind: String, advice: String)] = [
        (0, Array("PK\u{3}\u{4}".utf8), "a zip archive or a spreadsheet", "unpack it, or save it as CSV"),
        (0, Array("PK\u{5}\u{6}".utf8), "an empty zip archive", unpack),
        (0, Array("PK\u{7}\u{8}".utf8), "a part of a zip archive", unpack),
        (257, Array("ustar".utf8), "a tar archive", unpack),
        (0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "a 7z archive", unpack),
        (0, Array("Rar!".utf8), "a RAR archive", unpack),
        (0, [0x1f, 0x8b], "gzip within gzip", "unpack it once"),
        (0, Array("BZh".utf8), "packed with bzip2", unpackOnce),
        (0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "packed with xz", unpackOnce),
        (0, [0x28, 0xb5, 0x2f, 0xfd], "packed with Zstandard", unpackOnce),
        (0, [0x04, 0x22, 0x4d, 0x18], "packed with LZ4", unpackOnce),
        (0, [0x1f, 0x9d], "packed with compress", unpackOnce),
        (0, [0xd0, 0xcf, 0x11, 0xe0], "an old spreadsheet or document", export),
        (0, Array("SQLite format 3\0".utf8), "an SQLite database", "export its table as CSV"),
        (0, Array("PAR1".utf8), "a Parquet file", export),
        (0, Array("%PDF-".utf8), "a PDF", export),
        (0, [0xff, 0xfe], "text in UTF-16", "save it as UTF-8"),
        (0, [0xfe, 0xff], "text in UTF-16", "save it as UTF-8"),
        (0, Array("<!DOCTYPE".utf8), "a web page", "download the file itself"),
        (0, Array("<!doctype".utf8), "a web page", "download the file itself"),
        (0, Array("<html".utf8), "a web page", "download the file itself"),
        (0, Array("<?xml".utf8), "XML", export),
    ]
}
