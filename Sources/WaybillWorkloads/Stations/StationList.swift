import Orchestration
import WaybillJSON

/// The station list: a table with `station_id`, `name`, `lat`, `lon` and `capacity`, or a GBFS `station_information.json`.
///
/// Malformed rows are skipped and counted; the list is sorted by ``precedes(_:_:)``.
package struct StationList: Sendable {
    package let stations: [Station]
    package let account: LineAccount

    static let wanted: [WantedColumn] = ["station_id", "name", "lat", "lon", "capacity"]
    static let latitudes = -90.0...90
    static let longitudes = -180.0...180
    static let capacities: ClosedRange<Int64> = 0...1_000_000
    static let repeated = "the station is listed already"

    package init(path: String) throws(WorkloadError) {
        var source = try LineSource(path: path)
        let head = try source.peek(WorkloadFormat.headLength)
        if head.isEmpty { throw .empty(path: path) }
        if let foreign = ForeignContent(head) { throw .foreign(path: path, foreign) }
        if let first = head.first(where: { !JSONDocuments.isBlank($0) }), first == 0x7b || first == 0x5b {
            try self.init(documents: &source)
        } else {
            try self.init(table: &source)
        }
    }

    private init(table source: inout LineSource) throws(WorkloadError) {
        var account = LineAccount()
        var found: [Name: Station] = [:]
        var table = Table()
        try table.readHeader(from: &source, &account)
        try table.columns.check(for: Self.wanted, path: source.path)
        while let row = try table.next(from: &source, &account) {
            do throws(LineProblem) {
                let station = try Station(row)
                if found[station.id] != nil { throw row.problem("station_id", Self.repeated) }
                found[station.id] = station
                account.countData()
            } catch {
                account.skip(error)
            }
        }
        self.init(found, account)
    }

    init(_ found: [Name: Station], _ account: LineAccount) {
        stations = found.values.sorted { Self.precedes($0.id, $1.id) }
        self.account = account
    }

    /// Order of station ids: shorter first, then by byte, so that numbers come in their own order.
    static func precedes(_ left: Name, _ right: Name) -> Bool {
        left.utf8.count != right.utf8.count
            ? left.utf8.count < right.utf8.count : left < right
    }
}

extension Station {
    fileprivate init(_ row: TableRow) throws(LineProblem) {
        self.init(
            id: try row.id("station_id"),
            name: row.text("name"),
            latitude: try row.finite("lat", in: StationList.latitudes),
            longitude: try row.finite("lon", in: StationList.longitudes),
            capacity: Int(try row.whole("capacity", in: StationList.capacities))
        )
    }
}
