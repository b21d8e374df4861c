/// One content that a file may have after the power cut, and the outcomes that lead to it.
struct FileVariant {
    var content: FileContent
    var outcomes: [ContentOutcome]
    /// How many writes were torn on the way; the fewest, where several ways lead to one content.
    var tears: Int
    /// Of the whole content.
    var digest: Int
}

/// All distinct contents of one file, worked out operation by operation.
///
/// Two ways to the same content are one from there on, so the work grows with distinct contents and not with
/// ways. What was worked out for one crash point is kept for the next, whose pending operations are usually the
/// same and one more.
struct FileVariants {
    private var durable: FileContent
    private var pending: [ContentOperation] = []
    /// After each pending operation; the first level is the durable content alone.
    private var levels: [[FileVariant]]

    init(durable: FileContent) {
        self.durable = durable
        levels = [[FileVariant(content: durable, outcomes: [], tears: 0, digest: durable.digest)]]
    }

    mutating func variants(of file: CrashPoint.File, _ points: TearPoints, tearsAtOnce: Int) -> [FileVariant]
    {
        if points.indifferent.contains(file.name) { return Self.extremes(of: file) }
        if durable != file.durable { self = FileVariants(durable: file.durable) }
        let shared = zip(pending, file.pending).prefix { $0 == $1 }.count
        levels.removeSubrange((shared + 1)...)
        for operation in file.pending[shared...] {
            let level = Self.next(after: levels[levels.count - 1], operation, file.name, points, tearsAtOnce)
            levels.append(level)
        }
        pending = file.pending
        return levels[levels.count - 1]
    }

    /// Nothing landed, and everything.
    private static func extremes(of file: CrashPoint.File) -> [FileVariant] {
        let nothing = FileVariant(content: file.durable, outcomes: [], tears: 0, digest: file.durable.digest)
        let everything = file.pending.reduce(nothing) { $0.after($1, .landed) }
        return everything.digest == nothing.digest ? [nothing] : [nothing, everything]
    }

    private static func next(
        after level: [FileVariant],
        _ operation: ContentOperation,
        _ name: String,
        _ points: TearPoints,
        _ tearsAtOnce: Int
    ) -> [FileVariant] {
        var tears: [ContentOutcome] = []
        if case .write(let offset, let bytes) = operation, tearsAtOnce > 0 {
            tears = points.tears(of: bytes, at: offset, in: name).map(ContentOutcome.torn)
        }
        var result: [FileVariant] = []
        var places: [Int: Int] = [:]
        for outcome in [ContentOutcome.lost, .landed] + tears {
            for variant in level where variant.tears + (outcome.isTorn ? 1 : 0) <= tearsAtOnce {
                let next = variant.after(operation, outcome)
                if let place = places[next.digest] {
                    if next.tears < result[place].tears { result[place] = next }
                } else {
                    places[next.digest] = result.count
                    result.append(next)
                }
            }
        }
        return result
    }
}

extension FileVariant {
    fileprivate func after(_ operation: ContentOperation, _ outcome: ContentOutcome) -> FileVariant {
        var next = self
        next.outcomes.append(outcome)
        if outcome == .lost { return next }
        next.content.apply(operation, outcome)
        next.tears += outcome.isTorn ? 1 : 0
        next.digest = next.content.digest
        return next
    }
}

extension FileContent {
    /// Tells contents apart within one run; not stable between runs.
    var digest: Int {
        var hasher = Hasher()
        hasher.combine(count)
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}
