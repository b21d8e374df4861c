public import Orchestration

/// What one station showed at one moment.
public struct StationReading: Sendable, Hashable {
    /// Place in ``StationTrace/stations``.
    public var station: Int
    public var bikes: Int
    public var freeDocks: Int

    public init(station: Int, bikes: Int, freeDocks: Int) {
        self.station = station
        self.bikes = bikes
        self.freeDocks = freeDocks
    }
}

/// All stations at one moment: those in the list, installed and renting, in the order of the list.
public struct StationSnapshot: Sendable, Hashable {
    /// Since the first snapshot.
    public var at: TimeSpan
    public var readings: [StationReading]

    public init(at: TimeSpan, readings: [StationReading]) {
        self.at = at
        self.readings = readings
    }
}

/// The snapshots of a status file in the order of time.
public struct StationTrace: Sendable {
    public let stations: [Station]
    public let snapshots: [StationSnapshot]

    public init(stations: [Station], snapshots: [StationSnapshot]) {
        self.stations = stations
        self.snapshots = snapshots
    }
}
