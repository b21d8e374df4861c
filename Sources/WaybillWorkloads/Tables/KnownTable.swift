import Orchestration

/// The tables that are known, told by the names of their columns.
struct KnownTable: Sendable {
    /// What reads it; nil where nothing does yet.
    let format: WorkloadFormat?
    /// For people, with its article.
    let kind: String
    /// Columns that say together that it is this one.
    let telling: [WantedColumn]
    /// Columns that a reader can't do without.
    let wanted: [WantedColumn]

    private static let all = [
        KnownTable(
            format: .stationStatus,
            kind: "station status",
            telling: ["last_updated", "station_id"],
            wanted: StationStatusReader.wanted
        ),
        KnownTable(
            format: .imageRequests,
            kind: "image requests",
            telling: ["gmt_create"],
            wanted: ImageRequestReader.wanted
        ),
        KnownTable(
            format: .ciAttempts,
            kind: "CI attempts",
            telling: ["repo", "workflow"],
            wanted: CIRunReader.wanted
        ),
        KnownTable(
            format: .sacct,
            kind: "jobs of sacct",
            telling: [SacctReader.id, "State"],
            wanted: SacctReader.wanted
        ),
        KnownTable(
            format: .su2History,
            kind: "an SU2 history",
            telling: ["Inner_Iter"],
            wanted: CurveTableReader.wantedOfSU2
        ),
        KnownTable(
            format: .lossTable,
            kind: "a curve",
            telling: ["step", "loss"],
            wanted: CurveTableReader.wanted
        ),
        list("a station list (give it with --stations)", ["station_id", "name"], StationList.wanted),
        list("a list of pods", ["name", "cpu_milli"]),
        list("a list of nodes", ["sn", "cpu_milli"]),
        list("a table of cluster instance events", ["time", "instance_events_type"]),
        list("a table of inference requests", ["TIMESTAMP", "ContextTokens"]),
        list("a table of prompts", ["Prompt", "Category"]),
    ]

    private static func list(_ kind: String, _ telling: [WantedColumn], _ wanted: [WantedColumn] = [])
        -> KnownTable
    {
        KnownTable(format: nil, kind: kind, telling: telling, wanted: wanted)
    }

    /// The table of these columns.
    static func table(of columns: Columns) -> KnownTable? {
        all.first { $0.telling.allSatisfy { columns.position($0) != nil } }
    }

    /// Words that stand in columns of every kind of table.
    private static let common: Set = [
        "id", "num", "is", "time", "available", "name", "event", "state", "start", "end", "status",
    ]

    /// The table whose columns these are most like, if they are like any's.
    static func nearest(to columns: Columns) -> KnownTable? {
        let words = columns.names.map(words)
        func likeness(_ table: KnownTable) -> Int {
            table.wanted.reduce(0) { sum, wanted in
                let saysSomething = wanted.names.contains { !Self.words($0).isEmpty }
                if saysSomething, columns.position(wanted) != nil { return sum + 3 }
                let isLike = wanted.names.contains { name in
                    words.contains { !$0.isDisjoint(with: Self.words(name)) }
                }
                return sum + (isLike ? 1 : 0)
            }
        }
        let best = all.map { (table: $0, likeness: likeness($0)) }.max { $0.likeness < $1.likeness }
        guard let best, best.likeness > 0 else { return nil }
        return best.table
    }

    /// What the tables that can be played want, for error texts.
    static var wanted: String {
        all.filter { $0.format != nil }
            .map { "\($0.wanted.map(\.description).joined(separator: ", ")) (\($0.kind))" }
            .joined(separator: "; ")
    }

    /// Without the ``common`` ones.
    private static func words(_ name: Name) -> Set<String> {
        let words = name.text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return Set(words).subtracting(common)
    }
}
