package import Orchestration
import WaybillJSON

/// One convergence run: a simulation job and its series.
package struct Curve: Sendable {
    /// One named curve; its points in the order of the file.
    package struct Series: Sendable {
        package let name: Name
        /// Times as logged, counted from the Unix epoch as the run's own zero; they may restart.
        package internal(set) var points: [Point]
        /// For each point, its row.
        var rows: [Int32]
    }

    /// What is added to one series at one moment of the workload's clock.
    package struct Batch: Sendable, Hashable {
        package var at: TimeSpan
        package var series: Name
        package var points: [Point]
    }

    /// More series than any solver writes; a file that names more is damaged.
    static let mostSeries = 256

    package let name: Name
    package internal(set) var series: [Series] = []
    /// For each row (a line, or an iteration of a log) when it was done: never decreasing, because where the
    /// logged clock restarts, the time before is kept.
    var elapsed: [TimeSpan] = []
    private var lastLogged = TimeSpan.zero
    private var before = TimeSpan.zero

    init(name: Name) {
        self.name = name
    }

    /// From the start to the last row.
    package var duration: TimeSpan { elapsed.last ?? .zero }
    package var pointCount: Int { series.reduce(0) { $0 + $1.points.count } }

    /// The job that the points belong to: arrives at zero, completes after ``duration``.
    package var job: JobArrival {
        var json = JSONWriter()
        json.field("name", name)
        json.field("series", series.map(\.name))
        json.field("rows", elapsed.count)
        let specification = JobSpecification(
            kind: "simulation",
            queue: name,
            payload: json.finish(),
            contentType: Replay.json,
            retry: Replay.retry,
            timeouts: Replay.timeouts(running: duration)
        )
        return JobArrival(arrival: .zero, specification: specification, duration: duration, fate: .complete)
    }

    /// The points as they come in: `rowsPerBatch` rows at a time, one batch a series, due when the last of these
    /// rows was done; ordered by time, then by the order of the series.
    ///
    /// `epoch` is the moment of time zero and is added to the logged times.
    package func batches(rowsPerBatch: Int = 100, epoch: Timestamp) -> [Batch] {
        var result: [Batch] = []
        var next = [Int](repeating: 0, count: series.count)
        let size = max(1, rowsPerBatch)
        for first in stride(from: 0, to: elapsed.count, by: size) {
            let end = min(elapsed.count, first + size)
            for (index, one) in series.enumerated() {
                let from = next[index]
                while next[index] < one.rows.count && Int(one.rows[next[index]]) < end { next[index] += 1 }
                if from == next[index] { continue }
                let points = one.points[from..<next[index]].map { point in
                    let time = epoch + TimeSpan(nanoseconds: point.time.nanoseconds)
                    return Point(step: point.step, time: time, value: point.value)
                }
                result.append(Batch(at: elapsed[end - 1], series: one.name, points: points))
            }
        }
        return result
    }

    /// Two lengths, neither negative; saturates.
    private static func sum(_ left: TimeSpan, _ right: TimeSpan) -> TimeSpan {
        let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
        return TimeSpan(nanoseconds: overflow ? .max : sum)
    }

    /// Whether the row's new names stay within ``mostSeries``.
    func hasRoom(for values: [(series: Name, value: Double)]) -> Bool {
        if series.count + values.count <= Self.mostSeries { return true }
        return Set(series.map(\.name)).union(values.map(\.series)).count <= Self.mostSeries
    }

    /// Adds one row: what was logged at `time` for `step`.
    mutating func addRow(step: UInt64, time: TimeSpan, values: [(series: Name, value: Double)]) {
        if time < lastLogged { before = Self.sum(before, lastLogged) }
        lastLogged = time
        elapsed.append(Self.sum(before, time))
        let row = Int32(truncatingIfNeeded: elapsed.count - 1)
        for (name, value) in values {
            let point = Point(step: step, time: Timestamp(nanoseconds: time.nanoseconds), value: value)
            if let index = series.firstIndex(where: { $0.name == name }) {
                series[index].points.append(point)
                series[index].rows.append(row)
            } else {
                series.append(Series(name: name, points: [point], rows: [row]))
            }
        }
    }
}
