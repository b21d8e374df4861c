import Orchestration
import TestSupport
import Testing
import WaybillJSON
import WaybillWorkloads

/// Station status, and the rules that make suggestions of it.
struct StationTests {
    private let stations = [
        Station(id: "1", name: "A", latitude: 60.00, longitude: 10, capacity: 10),
        Station(id: "2", name: "B", latitude: 60.01, longitude: 10, capacity: 10),
        Station(id: "3", name: "C", latitude: 60.02, longitude: 10, capacity: 20),
        Station(id: "4", name: "D", latitude: 60.03, longitude: 10, capacity: 1),
    ]

    private func decide(
        _ readings: [(Int, Int, Int)],
        open: Set<Int> = [],
        undecided: Set<Int> = []
    ) -> RebalancingDecision {
        let readings = readings.map { StationReading(station: $0.0, bikes: $0.1, freeDocks: $0.2) }
        return Rebalancing(stations: stations)
            .decide(StationSnapshot(at: .zero, readings: readings), open: open, undecided: undecided)
    }

    @Test func `the sample week of one day is read whole`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("status.csv"))
        let trace = try #require(workload.stationTrace)
        #expect(workload.account.data == 936)
        #expect(workload.account.comments == 1)
        #expect(workload.account.skipped == 0)
        #expect(
            workload.account.remarks == ["not in the station list": 72, "not installed or not renting": 12]
        )
        #expect(trace.stations.count == 12)
        #expect(trace.stations.map(\.id).prefix(2) == ["11", "20"])
        #expect(trace.stations.contains { $0.name == "Lake, east side" })
        #expect(trace.snapshots.count == 72)
        #expect(trace.snapshots.reduce(0) { $0 + $1.readings.count } == 852)
        #expect(workload.start == Timestamp(seconds: 1_700_006_400))
        #expect(workload.length == .seconds(85_200))
    }

    @Test func `the sample leads to the suggestions that were counted by other means`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("status.csv"))
        let totals = RebalancingTotals(try #require(workload.stationTrace))
        #expect(totals == RebalancingTotals(suggestions: 143, approved: 128, bikes: 701, metres: 91_075))
    }

    @Test func `a short station gets the nearest full one before a nearer one with many bikes`() throws {
        let decision = decide([(0, 1, 9), (1, 9, 5), (2, 19, 1)])
        let suggestion = try #require(decision.suggestions.first)
        #expect(decision.suggestions.count == 1)
        #expect(suggestion.short == 0)
        #expect(suggestion.donor == 2)
        #expect(suggestion.bikes == 4)
        #expect(suggestion.metres == 2224)
        #expect(suggestion.confidence == 0.8)
        #expect(suggestion.isApprovedAtOnce)
        #expect(suggestion.duration == .milliseconds(2224 * 240 + 4 * 60_000))
        let specification = suggestion.specification
        #expect(specification.kind == "rebalance")
        #expect(specification.uniqueKey == "rebalance/1")
        #expect(specification.confidence == 0.8)
        #expect(specification.source == "rebalancing")
        let payload = """
            {"from_station":"3","to_station":"1","bikes":4,"distance_m":2224,"from_bikes":19,"to_bikes":1}
            """
        #expect(String(decoding: specification.payload, as: UTF8.self) == payload)
    }

    @Test func `without a full station the nearest with more than half its bikes gives`() throws {
        let suggestion = try #require(decide([(0, 0, 9), (1, 5, 5), (2, 12, 8)]).suggestions.first)
        #expect(suggestion.donor == 2)
        #expect(suggestion.bikes == 2)
        #expect(!suggestion.isApprovedAtOnce)
    }

    @Test func `nothing is suggested without a donor, and nobody gives without bikes`() {
        #expect(decide([(0, 0, 9), (1, 5, 5)]).suggestions.isEmpty)
        #expect(decide([(0, 0, 9), (1, 0, 0)]).suggestions.isEmpty)
    }

    @Test func `the largest capacity comes first, and an open one is left alone`() {
        let readings = [(0, 0, 9), (1, 9, 1), (2, 0, 9), (3, 0, 1)]
        #expect(decide(readings).suggestions.map(\.short) == [2, 0, 3])
        #expect(decide(readings, open: [2]).suggestions.map(\.short) == [0, 3])
        #expect(decide(readings).suggestions.allSatisfy { $0.bikes >= 1 && $0.confidence <= 1 })
    }

    @Test func `an undecided suggestion is rejected when its station has recovered`() {
        let decision = decide([(0, 2, 8), (1, 1, 9), (2, 9, 9)], open: [0, 1, 3], undecided: [0, 1, 3])
        #expect(decision.rejections == [0])
        #expect(decision.suggestions.isEmpty)
    }

    @Test func `one degree of the equator is as long as the sphere says`() {
        let here = Station(id: "a", name: "", latitude: 0, longitude: 0, capacity: 1)
        let there = Station(id: "b", name: "", latitude: 0, longitude: 1, capacity: 1)
        let opposite = Station(id: "c", name: "", latitude: 0, longitude: 180, capacity: 1)
        #expect(here.metres(to: there) == 111_195)
        #expect(there.metres(to: here) == 111_195)
        #expect(here.metres(to: here) == 0)
        #expect(here.metres(to: opposite) == 20_015_114)
    }

    private let header = """
        last_updated,station_id,num_bikes_available,num_docks_available,is_installed,is_renting,is_returning,last_reported

        """

    @Test(arguments: [
        ("5,1,2", nil, "has 3 fields instead of 8"),
        (
            "5,1,-2,3,1,1,1,5", "num_bikes_available or num_vehicles_available", "not a number in range"
        ),
        ("x,1,2,3,1,1,1,5", "last_updated", "not a time"),
        ("5,1,2,3,2,1,1,5", "is_installed", "neither true nor false"),
        ("5,,2,3,1,1,1,5", "station_id", "is empty"),
        ("1,1,2,3,1,1,1,5", "station_id", "the station stands twice in one snapshot"),
    ])
    func `a malformed row is skipped, counted and shown`(row: String, field: String?, problem: String) throws
    {
        let reader = WorkloadReader(stationsPath: Checkout.workload("stations.csv"))
        let account = try reader.read(header + "1,1,2,3,1,1,1,5\n" + row + "\n", as: "s.csv").account
        #expect(account.data == 1)
        #expect(account.problems == [LineProblem(line: 3, field: field, problem: problem)])
    }

    @Test func `a station list takes quoted names and skips what is no station`() throws {
        let folder = try TemporaryDirectory()
        let rows = [
            "station_id,name,lat,lon,capacity", #"10, "The ""Old"" Mill, south" ,60,10,12"#, "9,B,60,10,12",
            "10,again,60,10,12", "11,C,91,10,12", "12,D,nan,10,12", "13,E,60,10,-1", #"14,"F,60,10,1"#,
            "15,G",
        ]
        let list = try StationList(path: try folder.write(rows.joined(separator: "\r\n"), to: "stations.csv"))
        #expect(list.stations.map(\.id) == ["9", "10"])
        #expect(list.stations[1].name == #"The "Old" Mill, south"#)
        #expect(list.account.data == 2)
        #expect(list.account.comments == 1)
        #expect(list.account.skipped == 6)
    }

    @Test func `status without a station list is an error that says how to give one`() throws {
        let error = #expect(throws: WorkloadError.self) { try WorkloadReader().read(header, as: "s.csv") }
        #expect(error?.description.contains("--stations FILE") == true)
    }
}

/// What the rules make of a whole trace when nothing is ever open.
struct RebalancingTotals: Equatable {
    var suggestions = 0
    var approved = 0
    var bikes = 0
    var metres = 0
}

extension RebalancingTotals {
    init(_ trace: StationTrace) {
        let rules = Rebalancing(stations: trace.stations)
        for snapshot in trace.snapshots {
            for suggestion in rules.decide(snapshot, open: [], undecided: []).suggestions {
                suggestions += 1
                approved += suggestion.isApprovedAtOnce ? 1 : 0
                bikes += suggestion.bikes
                metres += suggestion.metres
            }
        }
    }
}
