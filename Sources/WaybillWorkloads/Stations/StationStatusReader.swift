import Orchestration
import WaybillJSON

/// Reads station status over time: one row a station and snapshot.
///
/// Rows of stations that are not in the list, not installed or not renting are good rows (counted as data and
/// remarked on) but no readings. A second row of a station in one snapshot is skipped.
struct StationStatusReader: LineReader {
    var account = LineAccount()
    private let name: String
    private let path: String
    private let stations: [Station]
    private let places: [String: Int]
    private var fields = Fields()
    private var columns: [Int]?
    private var width = 0
    /// Readings by the snapshot's Unix time.
    private var snapshots: [Int64: [StationReading]] = [:]
    private var seen: Set<Row> = []

    private struct Row: Hashable {
        var time: Int64
        var station: String
    }

    private static let names = [
        "last_updated", "station_id", "num_bikes_available", "num_docks_available", "is_installed",
        "is_renting",
    ]

    init(name: String, path: String, stations: [Station]) {
        self.name = name
        self.path = path
        self.stations = stations
        self.places = Dictionary(
            stations.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    mutating func read(_ line: Line) throws(WorkloadError) {
        guard fields.splitCommas(line.bytes) else {
            return account.skip(line.number, "a quote is not closed")
        }
        guard let columns else { return try header() }
        if fields.count != width {
            return account.skip(line.number, "has \(fields.count) fields instead of \(width)")
        }
        if let problem = row(columns) {
            account.skip(line.number, problem)
        } else {
            account.countData()
        }
    }

    private mutating func header() throws(WorkloadError) {
        let header = Columns(fields)
        var positions: [Int] = []
        for name in Self.names { positions.append(try header.position(name, path: path)) }
        columns = positions
        width = fields.count
        account.countComment()
    }

    private mutating func row(_ columns: [Int]) -> String? {
        var numbers = [Int64](repeating: 0, count: columns.count)
        for (index, column) in columns.enumerated() where index != 1 {
            guard let value = Number.integer(fields[column]), (0...(1 << 32)).contains(value) else {
                return "\(Self.names[index]) is not a number in range"
            }
            numbers[index] = value
        }
        if numbers[4] > 1 || numbers[5] > 1 { return "is_installed and is_renting are 1 or 0" }
        if fields[columns[1]].isEmpty { return "station_id is empty" }
        let id = String(decoding: fields[columns[1]], as: UTF8.self)
        if !seen.insert(Row(time: numbers[0], station: id)).inserted {
            return "the station stands twice in one snapshot"
        }
        take(id, numbers)
        return nil
    }

    private mutating func take(_ id: String, _ numbers: [Int64]) {
        guard let place = places[id] else {
            snapshots[numbers[0], default: []] += []
            return account.remark("not in the station list")
        }
        guard numbers[4] == 1 && numbers[5] == 1 else {
            snapshots[numbers[0], default: []] += []
            return account.remark("not installed or not renting")
        }
        let reading = StationReading(station: place, bikes: Int(numbers[2]), freeDocks: Int(numbers[3]))
        snapshots[numbers[0], default: []].append(reading)
    }

    consuming func finish() -> Workload {
        let times = snapshots.keys.sorted()
        let first = times.first ?? 0
        let ordered = times.map { time in
            StationSnapshot(
                at: .seconds(time - first),
                readings: (snapshots[time] ?? []).sorted { $0.station < $1.station }
            )
        }
        return Workload(
            name: name,
            format: .stationStatus,
            start: times.isEmpty ? nil : Timestamp(seconds: first),
            account: account,
            content: .stations(StationTrace(stations: stations, snapshots: ordered))
        )
    }
}
