package import Orchestration

/// What one station showed at one moment.
package struct StationReading: Sendable, Hashable {
    /// Place in ``StationTrace/stations``.
    package var station: Int
    package var bikes: Int
    package var freeDocks: Int

    package init(station: Int, bikes: Int, freeDocks: Int) {
        self.station = station
        self.bikes = bikes
        self.freeDocks = freeDocks
    }
}

/// All stations at one moment: those in the list, installed and renting, in the order of the list.
package struct StationSnapshot: Sendable, Hashable {
    /// Since the first snapshot.
    package var at: TimeSpan
    package var readings: [StationReading]

    package init(at: TimeSpan, readings: [StationReading]) {
        self.at = at
        self.readings = readings
    }
}

/// The snapshots of a status file in the order of time.
package struct StationTrace: Sendable {
    package let stations: [Station]
    package let snapshots: [StationSnapshot]

    package init(stations: [Station], snapshots: [StationSnapshot]) {
        self.stations = stations
        self.snapshots = snapshots
    }
}
