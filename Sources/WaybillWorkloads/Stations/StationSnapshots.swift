import Orchestration

/// What a feed says of one station at one moment.
struct StationStatus {
    var id: Name
    var bikes: Int
    var freeDocks: Int
    var isInstalled: Bool
    var isRenting: Bool
}

/// Snapshots while they are read, in any order.
///
/// Stations that are not in the list, not installed or not renting are remarked on, and are no readings.
struct StationSnapshots {
    private let stations: [Station]
    private let places: [Name: Int]
    private var readings: [Timestamp: [StationReading]] = [:]
    private var seen: Set<Key> = []

    private struct Key: Hashable {
        var time: Timestamp
        var station: Name
    }

    init(stations: [Station]) {
        self.stations = stations
        places = Dictionary(
            stations.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    func holds(_ time: Timestamp) -> Bool { readings[time] != nil }

    /// False where the station stands in this snapshot already.
    mutating func add(_ status: StationStatus, at time: Timestamp, _ account: inout LineAccount) -> Bool {
        if !seen.insert(Key(time: time, station: status.id)).inserted { return false }
        // Also a snapshot without any reading is one.
        readings[time, default: []] += []
        guard let place = places[status.id] else {
            account.remark("not in the station list")
            return true
        }
        guard status.isInstalled && status.isRenting else {
            account.remark("not installed or not renting")
            return true
        }
        readings[time, default: []].append(
            StationReading(station: place, bikes: status.bikes, freeDocks: status.freeDocks)
        )
        return true
    }

    func workload(name: Name, format: WorkloadFormat, account: LineAccount) -> Workload {
        let times = readings.keys.sorted()
        let snapshots = times.map { time in
            StationSnapshot(
                at: time - (times.first ?? time),
                readings: (readings[time] ?? []).sorted { $0.station < $1.station }
            )
        }
        return Workload(
            name: name,
            format: format,
            start: times.first,
            account: account,
            content: .stations(StationTrace(stations: stations, snapshots: snapshots))
        )
    }
}
