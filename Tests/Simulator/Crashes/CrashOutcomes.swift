/// Enumerates every distinct disk that a power cut at one point can leave.
///
/// Complete over subsets of the pending operations in every order that differs in its result: operations on one
/// name or on overlapping bytes keep their order, the others commute. At most `tearsAtOnce` writes of one crash
/// are torn; the sampler tears more.
package struct CrashOutcomes {
    package var points: TearPoints
    package var tearsAtOnce: Int
    /// Kept between crash points, by file number.
    private var variants: [Int: FileVariants] = [:]

    package init(points: TearPoints = TearPoints(), tearsAtOnce: Int = 1) {
        self.points = points
        self.tearsAtOnce = tearsAtOnce
    }

    /// One outcome, built only when it is asked for.
    package struct Outcome {
        fileprivate let tree: DirectoryTree
        fileprivate let entries: [Bool]
        fileprivate let chosen: [(file: Int, variant: FileVariant)]
        /// Equal for equal images; not stable between runs.
        package let digest: Int

        package var image: DiskImage {
            let contents = Dictionary(uniqueKeysWithValues: chosen.map { ($0.file, $0.variant.content) })
            return DiskImage(
                files: tree.files.mapValues { contents[$0] ?? FileContent() },
                directories: tree.directories
            )
        }

        package var choice: CrashChoice {
            CrashChoice(
                entries: entries,
                contents: Dictionary(uniqueKeysWithValues: chosen.map { ($0.file, $0.variant.outcomes) })
            )
        }
    }

    /// Calls `visit` for every outcome; different outcomes may still leave equal images.
    package mutating func visit<Failure: Error>(
        _ point: CrashPoint,
        _ visit: (Outcome) throws(Failure) -> Void
    ) throws(Failure) {
        for (tree, entries) in trees(of: point) {
            let named = tree.files.sorted { $0.key < $1.key }
            var choices: [(file: Int, variants: [FileVariant])] = []
            for (_, file) in named { choices.append((file, contents(of: file, at: point))) }
            var hasher = Hasher()
            for (name, _) in named { hasher.combine(name) }
            hasher.combine(tree.directories)
            var chosen: [(file: Int, variant: FileVariant)] = []
            try choose(choices[...], tearsAtOnce, &chosen, hasher) { (chosen, digest) throws(Failure) in
                try visit(Outcome(tree: tree, entries: entries, chosen: chosen, digest: digest))
            }
        }
    }

    private mutating func contents(of file: Int, at point: CrashPoint) -> [FileVariant] {
        guard let pending = point.files[file] else { return [] }
        return variants[file, default: FileVariants(durable: pending.durable)]
            .variants(of: pending, points, tearsAtOnce: tearsAtOnce)
    }

    private func choose<Failure: Error>(
        _ files: ArraySlice<(file: Int, variants: [FileVariant])>,
        _ tearsLeft: Int,
        _ chosen: inout [(file: Int, variant: FileVariant)],
        _ hasher: Hasher,
        _ visit: ([(file: Int, variant: FileVariant)], Int) throws(Failure) -> Void
    ) throws(Failure) {
        guard let (file, variants) = files.first else {
            try visit(chosen, hasher.finalize())
            return
        }
        for variant in variants where variant.tears <= tearsLeft {
            var hasher = hasher
            hasher.combine(variant.digest)
            chosen.append((file, variant))
            try choose(files.dropFirst(), tearsLeft - variant.tears, &chosen, hasher, visit)
            chosen.removeLast()
        }
    }

    /// The distinct trees of names, each with one set of landed operations that gives it.
    private func trees(of point: CrashPoint) -> [(DirectoryTree, [Bool])] {
        precondition(point.entries.count <= 16, "too many unsynced names for an exhaustive walk")
        let dependencies = point.dependencies
        var seen: Set<DirectoryTree> = []
        var result: [(DirectoryTree, [Bool])] = []
        for bits in 0..<(1 << point.entries.count) {
            let landed = point.entries.indices.map { bits >> $0 & 1 == 1 }
            let isLegal = landed.indices.allSatisfy { index in
                !landed[index] || dependencies[index].allSatisfy { landed[$0] }
            }
            if !isLegal { continue }
            let tree = point.tree(landed)
            if seen.insert(tree).inserted { result.append((tree, landed)) }
        }
        return result
    }
}
