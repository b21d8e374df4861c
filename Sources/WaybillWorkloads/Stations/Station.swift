import Glibc
import WaybillJSON

/// A bike-share station of the station list.
public struct Station: Sendable, Hashable {
    public var id: String
    public var name: String
    /// Degrees north and east, WGS 84.
    public var latitude: Double
    public var longitude: Double
    /// Docks.
    public var capacity: Int

    public init(id: String, name: String, latitude: Double, longitude: Double, capacity: Int) {
        self.id = id
        self.name = name
        self.latitude = latitude
        self.longitude = longitude
        self.capacity = capacity
    }

    /// Great-circle distance by the haversine formula on a sphere of 6,371,008.8 m (the Earth's mean radius),
    /// rounded to whole metres, so that the last bits of a machine's sine never show.
    public func metres(to other: Station) -> Int {
        let radians = Double.pi / 180
        let latitudes = sin((other.latitude - latitude) * radians / 2)
        let longitudes = sin((other.longitude - longitude) * radians / 2)
        let across = cos(latitude * radians) * cos(other.latitude * radians) * longitudes * longitudes
        let haversine = min(1, latitudes * latitudes + across)
        return Int((2 * 6_371_008.8 * asin(haversine.squareRoot())).rounded())
    }
}

/// The station list: a table with `station_id`, `name`, `lat`, `lon` and `capacity`.
///
/// Malformed rows are skipped and counted; the list is sorted by ``precedes(_:_:)``.
public struct StationList: Sendable {
    public let stations: [Station]
    public let account: LineAccount

    public init(path: String) throws(WorkloadError) {
        var source = try LineSource(path: path)
        try self.init(&source)
    }

    init(_ source: inout LineSource) throws(WorkloadError) {
        var account = LineAccount()
        var fields = Fields()
        var columns: [Int]?
        var found: [String: Station] = [:]
        while let line = try source.next() {
            if line.isBlank {
                account.countComment()
            } else if line.isOverlong || !fields.splitCommas(line.bytes) {
                account.skip(line.number, "not a row of a table")
            } else if let columns {
                guard let station = Self.station(fields, columns), found[station.id] == nil else {
                    account.skip(line.number, "not a station, or one that is listed already")
                    continue
                }
                found[station.id] = station
                account.countData()
            } else {
                let header = Columns(fields)
                var positions: [Int] = []
                for name in ["station_id", "name", "lat", "lon", "capacity"] {
                    positions.append(try header.position(name, path: source.path))
                }
                columns = positions
                account.countComment()
            }
        }
        if columns == nil { throw .empty(path: source.path) }
        self.stations = found.values.sorted { Self.precedes($0.id, $1.id) }
        self.account = account
    }

    private static func station(_ fields: Fields, _ columns: [Int]) -> Station? {
        guard let last = columns.max(), fields.count > last, !fields[columns[0]].isEmpty,
            let latitude = Number.finite(fields[columns[2]]), abs(latitude) <= 90,
            let longitude = Number.finite(fields[columns[3]]), abs(longitude) <= 180,
            let capacity = Number.integer(fields[columns[4]]), (0...1_000_000).contains(capacity)
        else { return nil }
        return Station(
            id: String(decoding: fields[columns[0]], as: UTF8.self),
            name: String(decoding: fields[columns[1]], as: UTF8.self),
            latitude: latitude,
            longitude: longitude,
            capacity: Int(capacity)
        )
    }

    /// Order of station ids: shorter first, then by byte, so that numbers come in their own order.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.count != right.utf8.count
            ? left.utf8.count < right.utf8.count : left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
