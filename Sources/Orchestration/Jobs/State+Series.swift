extension State {
    /// Any job that has not ended takes points, running or not; those of a running one count as a heartbeat.
    func addPoints(
        _ job: JobID,
        _ series: Name,
        _ points: [Point],
        _ builder: inout EventBuilder
    ) throws(Refusal) -> CommandResult {
        try limits.check(name: series, field: "series")
        try limits.check(count: points.count, field: "points")
        let slot = try find(job) { state in .alreadyEnded(job, state) }
        try check(version: builder.context, slot)
        let known = jobs[slot].series
        guard known.count < limits.listItems || known.contains(where: { $0.name == series }) else {
            throw .invalid(
                field: "series",
                problem: "is one more than the \(limits.listItems) that a job may have"
            )
        }
        builder.emit(
            .pointsAdded(job, series: series, points: points),
            BackLinks(job: jobs[slot].lastSequence)
        )
        return .done
    }

    mutating func applyPoints(
        _ job: JobID,
        _ series: Name,
        _ points: [Point],
        _ event: Event
    ) throws(ApplyError) {
        let slot = try expect(job, event)
        guard let last = points.last else { throw event.contradiction("no points") }
        jobs.change(slot) { record in
            record.lastSequence = event.sequence
            let known = record.series.firstIndex { $0.name == series }
            if known == nil { record.series.append(SeriesTally(name: series, count: 0, lastStep: 0)) }
            let place = known ?? record.series.count - 1
            record.series[place].count += UInt64(points.count)
            record.series[place].lastStep = last.step
        }
        if jobs[slot].state == .running { extendLease(slot, at: event.time) }
    }
}

/// One point of a convergence curve.
public struct Point: Sendable {
    /// Iteration, epoch, sample: what the curve counts.
    public var step: UInt64
    /// When it was measured.
    public var time: Timestamp
    /// NaN and infinities are kept, and flagged by ``isFinite``.
    public var value: Double

    /// A value at a step and a moment.
    public init(step: UInt64, time: Timestamp, value: Double) {
        self.step = step
        self.time = time
        self.value = value
    }

    /// Whether the value is a number that can be drawn.
    public var isFinite: Bool { value.isFinite }
}

/// Equal bit by bit, so that a NaN equals itself and replay can be compared.
extension Point: Hashable {
    public static func == (left: Point, right: Point) -> Bool {
        left.step == right.step && left.time == right.time && left.value.bitPattern == right.value.bitPattern
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(step)
        hasher.combine(value.bitPattern)
    }
}
