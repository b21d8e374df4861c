/// Carries out a verdict: makes the log writable again, one step after the other.
///
/// Each step may be interrupted by a crash or by a full disk and done again: temporaries go first, a torn tail is
/// moved aside, the new segment is born (or the cleanly closed one is continued), leftovers are removed, and
/// `DURABLE` is rewritten.
final class Recovery {
    let verdict: RecoveryVerdict
    let logID: UInt64
    let epoch: UInt64
    private let disk: any LogFS
    private let options: LogOptions
    private var hasTornTail: Bool
    private var mayContinue: Bool
    private var segment: OpenSegment?
    private var durable: DurableFile?

    init(_ disk: any LogFS, _ verdict: RecoveryVerdict, _ options: LogOptions) {
        self.disk = disk
        self.verdict = verdict
        self.options = options
        logID = verdict.logID ?? options.newID()
        epoch = verdict.epoch + 1
        hasTornTail = verdict.tail?.torn != nil
        mayContinue = verdict.tail.map { Self.isContinuable($0, options.limits) } ?? false
    }

    /// Whether readers, who follow `DURABLE` while the lock is held, are shown the log as it was judged.
    var isShown: Bool { durable != nil || (verdict.marks?.visible ?? 0) == verdict.lastSequence }

    /// Throws ``LogError/noSpace`` without harm; then it may be called again.
    func run(_ buffer: WriteBuffer) throws(LogError) -> (OpenSegment, DurableFile) {
        // Readers follow `DURABLE` as soon as the lock is held: it must not promise what a power cut took, even if
        // there is no room for the rest. Rewriting it needs none; without it they would be shown nothing.
        if !isShown || verdict.scan.evidence.contains(LogNames.durable) { _ = try openedDurable() }
        try removeTemporaries()
        if let tail = verdict.tail, hasTornTail {
            try Quarantine.moveAside(disk, tail, temporaryID: options.newID())
            hasTornTail = false
        }
        let segment = try openedSegment(buffer)
        try removeLeftovers(keeping: segment.name)
        return (segment, try openedDurable())
    }

    private func openedDurable() throws(LogError) -> DurableFile {
        if let durable { return durable }
        let last = verdict.lastSequence
        let marks = Watermarks(synced: last, visible: last)
        let opened = try asLogError { () throws(FSError) in try DurableFile(disk, logID: logID, marks) }
        durable = opened
        return opened
    }

    private func openedSegment(_ buffer: WriteBuffer) throws(LogError) -> OpenSegment {
        if let segment { return segment }
        let opened = mayContinue ? try continueSegment(buffer) : try newSegment()
        segment = opened
        return opened
    }

    private static func isContinuable(_ tail: Tail, _ limits: LogLimits) -> Bool {
        let header = tail.walk.header
        return tail.isCleanlyClosed && header.limits == limits
            && Int(tail.end) + limits.reserveBytes + LogLimits.closingBytes <= limits.segmentBytes
    }

    private func continueSegment(_ buffer: WriteBuffer) throws(LogError) -> OpenSegment {
        guard let tail = verdict.tail else { return try newSegment() }
        do throws(LogError) {
            let segment = try asLogError { () throws(FSError) in
                try OpenSegment(disk, continuing: tail, epoch: epoch)
            }
            // Filled and synced first, so that no crash meets a torn fill and a torn epoch header at once.
            let reserve = UInt64(options.limits.reserveBytes)
            if segment.filledAhead < reserve {
                try segment.fill(reserve - segment.filledAhead)
                try asOutcomeUnknown { () throws(FSError) in try segment.syncData() }
            }
            try asLogError { () throws(FSError) in try segment.appendEpochHeader(options.durability, buffer) }
            try asOutcomeUnknown { () throws(FSError) in try segment.syncData() }
            return segment
        } catch {
            // Half an epoch header may stand there now; a new segment cuts it off.
            mayContinue = false
            throw error
        }
    }

    private func newSegment() throws(LogError) -> OpenSegment {
        let header = SegmentHeader(
            logID: logID,
            segmentID: options.newID(),
            epoch: epoch,
            firstSequence: verdict.lastSequence + 1,
            previous: verdict.tail?.walk.link ?? SegmentHeader.Previous(),
            durability: options.durability,
            limits: options.limits
        )
        let tail = verdict.tail
        return try SegmentCreation.perform(disk, header, temporaryID: options.newID()) { () throws(FSError) in
            // A segment without a batch is about to be removed; every other one loses its pad.
            guard let tail, tail.walk.lastBatchEnd != nil else { return }
            let file = tail.walk.source.file
            if try disk.size(of: file) > tail.end { try disk.truncate(file, to: tail.end) }
            try disk.sync(file)
        }
    }

    private func removeTemporaries() throws(LogError) {
        for name in verdict.scan.temporaries { try remove(name) }
    }

    private func removeLeftovers(keeping kept: String) throws(LogError) {
        var leftovers = verdict.chain.leftovers.map(\.name)
        if let tail = verdict.tail, tail.walk.lastBatchEnd == nil {
            leftovers.append(tail.walk.source.name)
        }
        leftovers.removeAll { $0 == kept }
        guard !leftovers.isEmpty else { return }
        for name in leftovers { try remove(name) }
        try asOutcomeUnknown { () throws(FSError) in try disk.syncDirectory("") }
    }

    private func remove(_ name: String) throws(LogError) {
        try asLogError { () throws(FSError) in
            do throws(FSError) {
                try disk.remove(name)
            } catch {
                // An earlier attempt of this recovery got here already.
                guard error.isNoEntry else { throw error }
            }
        }
    }
}
