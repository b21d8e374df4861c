/// Cuts a file into the JSON objects in it: pretty-printed or not, one a line, one after another, or in a list.
///
/// A line that begins as the object before it began, while that one is open, begins a new one: the one before was cut
/// off, as where a recorder was stopped. Where an object's first line is a brace alone, that goes for objects whose other
/// lines are indented.
struct JSONDocuments {
    enum Piece {
        /// The object's bytes, and the line on which it begins.
        case document([UInt8], line: Int)
        case malformed(LineProblem)
    }

    /// Of an object, and of one line of it, in bytes.
    static let longest = 1 << 26

    private var text: [UInt8] = []
    private var firstLine = 0
    /// How a line begins that can't be one of the open object's; empty where that can't be told.
    ///
    /// As its first line up to the colon after the first name, or with a brace where its own is alone and what follows is
    /// indented.
    private var opening: [UInt8] = []
    private var hasBraceAlone = false
    private var depth = 0
    private var isText = false
    private var isEscaped = false

    /// The pieces that this line ends.
    mutating func add(_ line: Line) -> [Piece] {
        var pieces: [Piece] = []
        if depth > 0 {
            if hasBraceAlone, line.number == firstLine + 1, let first = line.bytes.first, Self.isBlank(first)
            {
                opening = [0x7b]
            }
            if !opening.isEmpty, line.bytes.starts(with: opening) { pieces.append(drop("is cut off")) }
        }
        for byte in line.bytes {
            if depth == 0 {
                if byte == 0x7b {
                    begin(line)
                } else if !Self.isBlank(byte), byte != 0x2c, byte != 0x5b, byte != 0x5d {
                    return pieces + [.malformed(LineProblem(line: line.number, problem: "is not JSON"))]
                }
            } else if read(byte) {
                pieces.append(.document(text, line: firstLine))
                text = []
            }
        }
        if depth > 0 {
            text.append(0x0a)
            if isText { pieces.append(drop("a text is not closed")) }
            if text.count > Self.longest { pieces.append(drop("longer than \(Self.longest) bytes")) }
        }
        return pieces
    }

    /// What is open at the file's end.
    mutating func end() -> Piece? { depth > 0 ? drop("is cut off") : nil }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    private mutating func begin(_ line: Line) {
        text = [0x7b]
        firstLine = line.number
        depth = 1
        hasBraceAlone = line.bytes.elementsEqual([0x7b])
        let start = line.bytes.prefix { $0 != 0x3a }
        opening = start.first == 0x7b && start.count < line.bytes.count ? Array(start) : []
    }

    /// Takes a byte of the open object; true with its last.
    private mutating func read(_ byte: UInt8) -> Bool {
        text.append(byte)
        if isText {
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5c {
                isEscaped = true
            } else if byte == 0x22 {
                isText = false
            }
            return false
        }
        switch byte {
        case 0x22: isText = true
        case 0x7b: depth += 1
        case 0x7d: depth -= 1
        default: break
        }
        return depth == 0
    }

    private mutating func drop(_ problem: String) -> Piece {
        text = []
        depth = 0
        isText = false
        isEscaped = false
        return .malformed(LineProblem(line: firstLine, problem: problem))
    }
}
