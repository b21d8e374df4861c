import Orchestration
import WaybillJSON

/// Reads `station_status.json` of the General Bikeshare Feed Specification, versions 1 to 3: one snapshot a document.
///
/// In its account every station stands for a line. A document with the time of an earlier one repeats it, as where a
/// feed is asked more often than it changes, and is passed over.
struct GBFSReader: LineReader {
    var account = LineAccount()
    private let name: Name
    private let limit: Int
    private var documents = JSONDocuments()
    private var snapshots: StationSnapshots

    init(name: Name, stations: [Station], limit: Int?) {
        self.name = name
        self.limit = limit ?? .max
        snapshots = StationSnapshots(stations: stations)
    }

    mutating func read(_ line: Line) {
        for piece in documents.add(line) { read(piece) }
    }

    private mutating func read(_ piece: JSONDocuments.Piece) {
        do throws(LineProblem) {
            switch piece {
            case .malformed(let problem): throw problem
            case .document(let bytes, let line): try read(bytes, line)
            }
        } catch {
            account.skip(error)
        }
    }

    private mutating func read(_ document: [UInt8], _ line: Int) throws(LineProblem) {
        var (fields, stations) = try JSONFields.stations(document, line: line)
        let time: Timestamp
        do throws(FieldProblem) {
            time = try fields.moment("last_updated")
        } catch {
            throw LineProblem(line: line, field: error.field, problem: error.problem)
        }
        if snapshots.holds(time) {
            account.countComment()
            return account.remark("repeats a snapshot")
        }
        for station in stations where account.data < limit {
            do throws(LineProblem) {
                let status = try station.read(line: line, Self.status)
                guard snapshots.add(status, at: time, &account) else {
                    throw LineProblem(
                        line: line,
                        field: station.path + "station_id",
                        problem: "the station stands twice in one snapshot"
                    )
                }
                account.countData()
            } catch {
                account.skip(error)
            }
        }
    }

    private static func status(_ fields: inout JSONFields) throws(FieldProblem) -> StationStatus {
        let id = try fields.id("station_id")
        // Version 3 has other vehicles too.
        let (bikes, vehicles) = (
            try fields.count("num_bikes_available"), try fields.count("num_vehicles_available")
        )
        guard let bikes = bikes ?? vehicles else { throw fields.problem("num_bikes_available", "is missing") }
        let docks = try fields.count("num_docks_available")
        return StationStatus(
            id: id,
            bikes: bikes,
            // Left out where a station takes any number of bikes.
            freeDocks: docks ?? .max,
            isInstalled: try fields.boolean("is_installed"),
            isRenting: try fields.boolean("is_renting")
        )
    }

    consuming func finish() -> Workload {
        if let piece = documents.end() { read(piece) }
        return snapshots.workload(name: name, format: .gbfs, account: account)
    }
}

extension StationList {
    /// `station_information.json`; a station that several documents list counts once.
    init(documents source: inout LineSource) throws(WorkloadError) {
        var account = LineAccount()
        var found: [Name: Station] = [:]
        var documents = JSONDocuments()
        source.longestLine = JSONDocuments.longest
        var pieces: [JSONDocuments.Piece] = []
        while let line = try source.next() { pieces += documents.add(line) }
        if let piece = documents.end() { pieces.append(piece) }
        for piece in pieces {
            do throws(LineProblem) {
                switch piece {
                case .malformed(let problem): throw problem
                case .document(let bytes, let line): try Self.add(bytes, line, to: &found, &account)
                }
            } catch {
                account.skip(error)
            }
        }
        self.init(found, account)
    }

    private static func add(
        _ document: [UInt8],
        _ line: Int,
        to found: inout [Name: Station],
        _ account: inout LineAccount
    ) throws(LineProblem) {
        var listed: Set<Name> = []
        for station in try JSONFields.stations(document, line: line).1 {
            do throws(LineProblem) {
                let read = try station.read(line: line, Station.init(gbfs:))
                guard listed.insert(read.id).inserted else {
                    throw LineProblem(line: line, field: station.path + "station_id", problem: repeated)
                }
                if found[read.id] == nil { found[read.id] = read }
                account.countData()
            } catch {
                account.skip(error)
            }
        }
    }
}

extension Station {
    fileprivate init(gbfs fields: inout JSONFields) throws(FieldProblem) {
        let id = try fields.id("station_id")
        let latitude = try fields.real("lat", in: StationList.latitudes)
        let longitude = try fields.real("lon", in: StationList.longitudes)
        guard let latitude else { throw fields.problem("lat", "is missing") }
        guard let longitude else { throw fields.problem("lon", "is missing") }
        guard let capacity = try fields.count("capacity") else {
            throw fields.problem("capacity", "is missing")
        }
        guard StationList.capacities.contains(Int64(capacity)) else {
            throw fields.problem("capacity", "must be at most \(StationList.capacities.upperBound)")
        }
        self.init(
            id: id,
            name: try fields.localized("name"),
            latitude: latitude,
            longitude: longitude,
            capacity: capacity
        )
    }
}
