package import Orchestration
import WaybillJSON

/// A move of bikes that the rules ask for.
package struct RebalancingSuggestion: Sendable, Hashable {
    /// Places in the station list.
    package var donor: Int
    package var short: Int
    package var bikes: Int
    package var metres: Int
    /// 0…1.
    package var confidence: Double
    /// Kind "rebalance"; the unique key is the queue and the short station's id.
    package var specification: JobSpecification
    /// How long the task runs once a worker has it.
    package var duration: TimeSpan
    /// Large enough to be approved at the snapshot's own time.
    package var isApprovedAtOnce: Bool
}

/// What one snapshot leads to.
///
/// Rejections go first, so that their keys are free.
package struct RebalancingDecision: Sendable, Hashable {
    /// Places of stations whose undecided suggestion is to be rejected, because they have recovered.
    package var rejections: [Int]
    package var suggestions: [RebalancingSuggestion]
}

/// The rules that turn station status into suggestions: a pure function of one snapshot and what is open.
///
/// *Short*: at most 1 bike. *Full*: at most 1 free dock. Each short station, the largest capacity first, gets the
/// nearest full station as donor, or else the nearest with more bikes than half its capacity; nearness ties go by
/// the order of the list (shorter ids first, then by byte). Half a capacity is rounded down, at least 1.
/// Quantity = min(half − bikes, donor's bikes − donor's half), at least 1; confidence = quantity / half. A station
/// without bikes is no donor, though it may count as full (all its units are out of service). Donors are not used
/// up within a snapshot. The task takes the distance at 15 km/h and 60 s a bike.
package struct Rebalancing: Sendable {
    package static let largestShortage = 1
    package static let fewestFreeDocks = 1
    /// From this many bikes on a suggestion is approved at once.
    package static let approvedFrom = 3

    private let stations: [Station]
    private let queue: Name
    /// For each station all others, the nearest first.
    private let neighbours: [[Neighbour]]

    private struct Neighbour: Sendable {
        var station: Int
        var metres: Int
    }

    /// Costs n² distances; `queue` is where the suggestions go.
    package init(stations: [Station], queue: Name = "rebalance") {
        self.stations = stations
        self.queue = queue
        self.neighbours = stations.indices.map { here in
            stations.indices
                .filter { $0 != here }
                .map { Neighbour(station: $0, metres: stations[here].metres(to: stations[$0])) }
                .sorted { ($0.metres, $0.station) < ($1.metres, $1.station) }
        }
    }

    /// Decides for one snapshot.
    ///
    /// - Parameters:
    ///   - open: places of short stations with a suggestion or task that is open (proposed, waiting or running).
    ///   - undecided: those of them whose suggestion is still proposed.
    package func decide(_ snapshot: StationSnapshot, open: Set<Int>, undecided: Set<Int>)
        -> RebalancingDecision
    {
        var readings = [StationReading?](repeating: nil, count: stations.count)
        for reading in snapshot.readings { readings[reading.station] = reading }
        let rejections = undecided.filter { place in
            readings[place].map { $0.bikes > Self.largestShortage } ?? false
        }
        let short = snapshot.readings.filter {
            $0.bikes <= Self.largestShortage && !open.contains($0.station)
        }
        .sorted { left, right in
            let capacities = (stations[left.station].capacity, stations[right.station].capacity)
            return capacities.0 != capacities.1
                ? capacities.0 > capacities.1 : left.station < right.station
        }
        return RebalancingDecision(
            rejections: rejections.sorted(),
            suggestions: short.compactMap { suggestion(for: $0, readings) }
        )
    }

    private func half(_ station: Int) -> Int { max(1, stations[station].capacity / 2) }

    private func suggestion(
        for short: StationReading,
        _ readings: [StationReading?]
    ) -> RebalancingSuggestion? {
        guard let (neighbour, donor) = donor(for: short.station, readings) else { return nil }
        let half = half(short.station)
        let bikes = max(1, min(half - short.bikes, donor.bikes - self.half(donor.station)))
        let confidence = min(1, Double(bikes) / Double(half))
        // 15 km/h are 240 ms a metre.
        let duration = TimeSpan.milliseconds(Int64(neighbour.metres) * 240 + Int64(bikes) * 60_000)
        return RebalancingSuggestion(
            donor: donor.station,
            short: short.station,
            bikes: bikes,
            metres: neighbour.metres,
            confidence: confidence,
            specification: specification(short, donor, bikes, neighbour.metres, confidence, duration),
            duration: duration,
            isApprovedAtOnce: bikes >= Self.approvedFrom
        )
    }

    private func donor(for short: Int, _ readings: [StationReading?]) -> (Neighbour, StationReading)? {
        var second: (Neighbour, StationReading)?
        for neighbour in neighbours[short] {
            guard let reading = readings[neighbour.station], reading.bikes > 0 else { continue }
            if reading.freeDocks <= Self.fewestFreeDocks { return (neighbour, reading) }
            if second == nil && reading.bikes * 2 > stations[neighbour.station].capacity {
                second = (neighbour, reading)
            }
        }
        return second
    }

    private func specification(
        _ short: StationReading,
        _ donor: StationReading,
        _ bikes: Int,
        _ metres: Int,
        _ confidence: Double,
        _ duration: TimeSpan
    ) -> JobSpecification {
        var json = JSONWriter()
        json.field("from_station", stations[donor.station].id)
        json.field("to_station", stations[short.station].id)
        json.field("bikes", bikes)
        json.field("distance_m", Int(metres))
        json.field("from_bikes", donor.bikes)
        json.field("to_bikes", short.bikes)
        return JobSpecification(
            kind: "rebalance",
            queue: queue,
            payload: json.finish(),
            contentType: Replay.json,
            uniqueKey: "\(queue)/\(stations[short.station].id)",
            retry: Replay.retry,
            timeouts: Replay.timeouts(running: duration),
            source: "rebalancing",
            confidence: confidence
        )
    }
}
