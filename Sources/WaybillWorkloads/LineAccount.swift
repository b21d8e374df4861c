/// What became of every line of a file: `total = data + comments + skipped`.
///
/// The first line of a row that spans several counts as data, the others as comments. In a GBFS document every station
/// stands for a line.
public struct LineAccount: Sendable, Hashable {
    /// Lines that gave something to play.
    public private(set) var data = 0
    /// Headers, comments, blank lines and prose around the data.
    public private(set) var comments = 0
    /// Malformed lines; nothing was taken from them.
    public private(set) var skipped = 0
    /// The first few malformed lines in the order of the file, for display.
    public private(set) var problems: [LineProblem] = []
    /// Things worth telling about lines that were taken, such as "unknown run time", with how many.
    public private(set) var remarks: [String: Int] = [:]

    /// How many problems are kept; the rest is only counted.
    public static let problemsKept = 10

    /// Nothing read yet.
    public init() {}

    /// Lines that were read.
    public var total: Int { data + comments + skipped }

    mutating func countData() { data += 1 }
    mutating func countComment() { comments += 1 }

    mutating func skip(_ line: Int, _ problem: String) {
        skip(LineProblem(line: line, problem: problem))
    }

    mutating func skip(_ problem: LineProblem) {
        skipped += 1
        let place = problems.lastIndex { $0.line <= problem.line }.map { $0 + 1 } ?? 0
        problems.insert(problem, at: place)
        if problems.count > Self.problemsKept { problems.removeLast() }
    }

    /// A line that was counted as data turned out to be malformed once the others were known.
    mutating func skipCounted(_ problem: LineProblem) {
        data -= 1
        skip(problem)
    }

    mutating func remark(_ text: String) { remarks[text, default: 0] += 1 }
}

/// A malformed line: its number from 1, the field where one can be named, and what is wrong.
public struct LineProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// Its number, from 1.
    public var line: Int
    /// The field that is wrong; nil for the whole line.
    public var field: String?
    /// What is wrong, for people.
    public var problem: String

    /// A line that can't be played.
    public init(line: Int, field: String? = nil, problem: String) {
        self.line = line
        self.field = field
        self.problem = problem
    }

    public var description: String {
        field.map { "line \(line), \($0): \(problem)" } ?? "line \(line): \(problem)"
    }
}
