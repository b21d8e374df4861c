import Foundation
package import Orchestration

/// A bike-share station of the station list.
package struct Station: Sendable, Hashable {
    package var id: Name
    package var name: String
    /// Degrees north and east, WGS 84.
    package var latitude: Double
    package var longitude: Double
    /// Docks.
    package var capacity: Int

    package init(id: Name, name: String, latitude: Double, longitude: Double, capacity: Int) {
        self.id = id
        self.name = name
        self.latitude = latitude
        self.longitude = longitude
        self.capacity = capacity
    }

    /// Great-circle distance by the haversine formula on a sphere of 6,371,008.8 m (the Earth's mean radius),
    /// rounded to whole metres, so that the last bits of a machine's sine never show.
    package func metres(to other: Station) -> Int {
        let radians = Double.pi / 180
        let latitudes = sin((other.latitude - latitude) * radians / 2)
        let longitudes = sin((other.longitude - longitude) * radians / 2)
        let across = cos(latitude * radians) * cos(other.latitude * radians) * longitudes * longitudes
        let haversine = min(1, latitudes * latitudes + across)
        return Int((2 * 6_371_008.8 * asin(haversine.squareRoot())).rounded())
    }
}

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
