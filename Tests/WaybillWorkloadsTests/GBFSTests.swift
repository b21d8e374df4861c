import Orchestration
import TestSupport
import Testing
import WaybillWorkloads

/// Station status as documents of the General Bikeshare Feed Specification, versions 1 to 3.
struct GBFSTests {
    private let reader = WorkloadReader(stationsPath: Checkout.workload("stations.csv"))

    private func read(_ text: String) throws -> Workload { try reader.read(text, as: "station_status.json") }

    /// A document of one line.
    private func document(_ time: String, _ stations: String...) -> String {
        "{\"last_updated\": \(time), \"ttl\": 60, \"data\": {\"stations\": [\(stations.joined(separator: ", "))]}}"
    }

    private func station(_ id: String = "\"11\"", _ bikes: Int = 3, more: String = "") -> String {
        """
        {"station_id": \(id), "num_bikes_available": \(bikes), "num_docks_available": 7, "is_installed": true, \
        "is_renting": true\(more)}
        """
    }

    @Test func `the sample document is read whole`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("station_status.json"))
        let trace = try #require(workload.stationTrace)
        #expect(workload.format == .gbfs)
        #expect(workload.account.data == 12)
        #expect(workload.account.total == 12)
        #expect(workload.account.remarks == ["not installed or not renting": 1])
        #expect(workload.start == Timestamp(seconds: 1_700_006_400))
        #expect(trace.snapshots.map(\.readings.count) == [11])
        #expect(trace.snapshots[0].readings[0] == StationReading(station: 0, bikes: 0, freeDocks: 10))
        #expect(workload.sideFiles.map(\.account.data) == [12])
    }

    @Test(arguments: [
        // Version 1: numbers for flags, and some write them for ids.
        "{\"station_id\":11,\"num_bikes_available\":3,\"num_docks_available\":7,\"is_installed\":1,\"is_renting\":1,\"last_reported\":1}",
        // Version 2.
        "{\"station_id\":\"11\",\"num_bikes_available\":3,\"num_docks_available\":7,\"is_installed\":true,\"is_renting\":true,\"vehicle_types_available\":[{\"vehicle_type_id\":\"b\",\"count\":3}]}",
        // Version 3: other vehicles, and texts for times.
        "{\"station_id\":\"11\",\"num_vehicles_available\":3,\"num_docks_available\":7,\"is_installed\":true,\"is_renting\":true,\"last_reported\":\"2023-11-15T00:00:00Z\"}",
    ])
    func `each version's station is read`(station: String) throws {
        for time in ["1700006400", "\"2023-11-15T00:00:00Z\"", "\"2023-11-15T01:00:00+01:00\""] {
            let workload = try read(document(time, station))
            #expect(workload.account.problems == [])
            #expect(workload.start == Timestamp(seconds: 1_700_006_400))
            let readings = workload.stationTrace?.snapshots[0].readings
            #expect(readings == [StationReading(station: 0, bikes: 3, freeDocks: 7)])
        }
    }

    @Test func `a station without a number of docks takes any number of bikes`() throws {
        let text = #"{"station_id":"11","num_bikes_available":3,"is_installed":true,"is_renting":true}"#
        let trace = try #require(try read(document("5", text)).stationTrace)
        #expect(trace.snapshots[0].readings[0].freeDocks == .max)
    }

    private static let separators = ["\n", " ", ",\n", "\n\n", "\r\n"]

    @Test(arguments: separators)
    func `many documents are many snapshots, whatever stands between them`(separator: String) throws {
        let documents = [document("100", station()), document("160", station()), document("220", station())]
        for text in [documents.joined(separator: separator), "[" + documents.joined(separator: ",\n") + "]"] {
            let trace = try #require(try read(text).stationTrace)
            #expect(trace.snapshots.map(\.at) == [.zero, .seconds(60), .seconds(120)])
        }
    }

    @Test(arguments: [20, 40, 50, 60, 70, 100, 140])
    func `a document that was cut off costs no other`(length: Int) throws {
        let whole = document("100", station(), station("\"20\""))
        let cut = document("160", station()).prefix(length)
        let workload = try read("\(whole)\n\(cut)\n\(document("220", station()))\n")
        #expect(workload.stationTrace?.snapshots.map(\.at) == [.zero, .seconds(120)])
        #expect(workload.account.problems.map(\.line) == [2])
        let end = try read("\(whole)\n\(cut)")
        #expect(end.account.problems.map(\.line) == [2])
        #expect(end.account.data == 2)
    }

    @Test(arguments: ["  ", "\t"])
    func `a pretty-printed document that was cut off costs no other`(indent: String) throws {
        let documents = ["100", "160", "220"].map { time in
            "{\n"
                + document(time, station()).dropFirst().split(separator: " ").map { indent + $0 + "\n" }
                .joined()
        }
        let cut = documents[1].split(separator: "\n").prefix(6).joined(separator: "\n") + "\n"
        let workload = try read(documents[0] + cut + documents[2])
        #expect(workload.stationTrace?.snapshots.map(\.at) == [.zero, .seconds(120)])
        #expect(workload.account.problems.map(\.problem) == ["is cut off"])
    }

    @Test func `a document of many lines, one a station, is one document`() throws {
        let text = document("100", station(), station("\"20\"")).split(separator: ", {").joined(
            separator: ",\n{"
        )
        let workload = try read(text)
        #expect(workload.account.data == 2)
        #expect(workload.account.skipped == 0)
    }

    @Test func `a feed that was asked before it changed repeats itself`() throws {
        let workload = try read(document("100", station()) + "\n" + document("100", station()))
        #expect(workload.account.data == 1)
        #expect(workload.account.skipped == 0)
        #expect(workload.account.remarks == ["repeats a snapshot": 1])
    }

    @Test(arguments: [
        (#"{"station_id":"11"}"#, "num_bikes_available", "is missing"),
        (#"{"num_bikes_available":1}"#, "station_id", "is missing"),
        (#"{"station_id":"11","num_bikes_available":-1}"#, "num_bikes_available", "must be a whole number"),
        (
            #"{"station_id":"11","num_bikes_available":1,"is_installed":"yes"}"#, "is_installed",
            "must be true or false"
        ),
        (
            #"{"station_id":"20","num_bikes_available":1,"is_installed":1,"is_renting":1}"#, "station_id",
            "the station stands twice"
        ),
    ])
    func `a station that is wrong is named by its path`(bad: String, field: String, problem: String) throws {
        let account = try read(document("100", station("\"20\""), bad)).account
        let shown = try #require(account.problems.first)
        #expect(account.data == 1)
        #expect(account.skipped == 1)
        #expect(shown.field == "data.stations[1].\(field)")
        #expect(shown.problem.hasPrefix(problem))
    }

    @Test(arguments: [
        (#"{"data":{"stations":[{"num_bikes_available":1}]}}"#, "last_updated", "is missing"),
        (#"{"last_updated":"now","data":{"stations":[{"is_renting":1}]}}"#, "last_updated", "is no time"),
        (#"{"last_updated":5,"data":{"stations":{"is_renting":1}}}"#, "data.stations", "must be a list"),
    ])
    func `a document that is wrong is one problem`(text: String, field: String, problem: String) throws {
        let account = try read(text).account
        #expect(account.problems == [LineProblem(line: 1, field: field, problem: problem)])
        #expect(account.total == 1)
    }

    @Test func `a limit ends within a document`() throws {
        var limited = reader
        limited.limit = 2
        let text = document("100", station(), station("\"20\""), station("\"29\""))
        #expect(try limited.read(text, as: "s.json").account.data == 2)
    }

    @Test func `stations come from station_information beside the status, with names in any language`() throws
    {
        let folder = try TemporaryDirectory()
        let names = [
            #""Harbour""#, #"[{"text":"Hafen","language":"de"},{"text":"Harbour","language":"en"}]"#, "null",
        ]
        let stations = names.enumerated().map { index, name in
            "{\"station_id\":\"1\(index)\",\"name\":\(name),\"lat\":60.5,\"lon\":10,\"capacity\":12}"
        }
        let bad = [
            #"{"station_id":"9","lat":91,"lon":0,"capacity":1}"#, #"{"station_id":"8","lat":1,"lon":0}"#,
        ]
        let text = document("1", (stations + bad + [stations[0]]).joined(separator: ",\n"))
        let path = try folder.write(text, to: "station_information.json")
        let list = try StationList(path: path)
        #expect(list.stations.map(\.id) == ["10", "11", "12"])
        #expect(list.stations.map(\.name) == ["Harbour", "Hafen", ""])
        let fields = list.account.problems.map(\.field)
        #expect(
            fields == ["data.stations[3].lat", "data.stations[4].capacity", "data.stations[5].station_id"]
        )
        let status = try folder.write(document("100", station("\"11\"")), to: "station_status.json")
        let workload = try WorkloadReader().read(path: status)
        #expect(workload.sideFiles.map(\.path) == [path])
        #expect(workload.stationTrace?.snapshots[0].readings.map(\.station) == [1])
    }

    @Test(arguments: [
        (#"{"last_updated":1,"data":{"en":{"feeds":[]}}}"#, "a GBFS document without station status"),
        (
            #"{"last_updated":1,"data":{"stations":[{"lat":1}]}}"#,
            "a GBFS list of stations (give it with --stations)"
        ),
        (#"{"last_updated":1,"data":{"bikes":[]}}"#, "a GBFS document without station status"),
    ])
    func `another document of the feed says what it is`(text: String, kind: String) throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(text, to: "feed.json")
        #expect(throws: WorkloadError.unsupported(path: path, kind: kind)) { try reader.read(path: path) }
    }
}
