import Orchestration
import WaybillJSON

/// Reads station status over time as a table: one row a station and snapshot.
struct StationStatusReader: TableReader {
    static let wanted: [WantedColumn] = [
        "last_updated", "station_id", bikes, "num_docks_available", "is_installed", "is_renting",
    ]
    /// GBFS 3 has other vehicles too.
    private static let bikes: WantedColumn = ["num_bikes_available", "num_vehicles_available"]
    private static let counts: ClosedRange<Int64> = 0...(1 << 32)

    var account = LineAccount()
    private let name: Name
    private var snapshots: StationSnapshots

    init(name: Name, stations: [Station]) {
        self.name = name
        snapshots = StationSnapshots(stations: stations)
    }

    mutating func read(_ row: TableRow) throws(LineProblem) {
        let status = StationStatus(
            id: try row.id("station_id"),
            bikes: Int(try row.whole(Self.bikes, in: Self.counts)),
            freeDocks: Int(try row.whole("num_docks_available", in: Self.counts)),
            isInstalled: try row.flag("is_installed"),
            isRenting: try row.flag("is_renting")
        )
        guard snapshots.add(status, at: try row.moment("last_updated"), &account) else {
            throw row.problem("station_id", "the station stands twice in one snapshot")
        }
    }

    consuming func finish() -> Workload {
        snapshots.workload(name: name, format: .stationStatus, account: account)
    }
}
