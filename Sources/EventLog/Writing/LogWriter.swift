/// The one writer of a log: appends batches, each durable in the chosen mode when `append` returns.
///
/// The order of a host: ``open(_:_:)`` locks and judges, ``replay()`` gives everything to fold, and only the first
/// ``reserve()`` changes the directory. So a log that turns out to be damaged while it is folded is left as it was
/// found. It belongs to one thread at a time and is handed over whole. Letting go of it without ``close()`` is a
/// kill: the lock ends, and the next open recovers.
public final class LogWriter {
    /// What was found at opening.
    ///
    /// Known before anything is changed, but for the tail that this writer itself moves aside: `quarantined` names
    /// it once ``isWritable``.
    public private(set) var opening: Opening
    /// The last sequence that was appended; 0 for an empty log.
    public private(set) var lastSequence: UInt64
    /// Time of the last batch, nanoseconds.
    public private(set) var lastTime: Int64
    /// Last sequence that is certainly on the device.
    public private(set) var syncedThrough: UInt64
    /// Bytes of the batches appended by this writer, as they stand in the segments.
    public private(set) var bytesWritten: UInt64 = 0
    /// Whether an error has stopped this writer for good.
    public private(set) var isPoisoned = false
    /// The number of this opening, from 1.
    public var epoch: UInt64 { opening.epoch }
    /// The number that the log was given when it was made.
    public var logID: UInt64 { opening.logID }

    private struct Sent: Equatable {
        let lastSequence: UInt64
        let time: Int64
        let bytes: UInt64
    }

    private let disk: any LogFS
    private let options: LogOptions
    private let buffer: WriteBuffer
    /// What must be there as long as the log is.
    package let inventory: LogInventory
    private var lock: LogLock?
    private var segment: OpenSegment?
    private var durable: DurableFile?
    /// Written, and not awaited yet.
    private var sent: Sent?
    /// Whether there is room for the largest batch.
    private var isReserved = false
    /// What is still to be done before the first append; nil once done.
    private var recovery: Recovery?

    /// Locks the directory and judges it; of what it finds it changes nothing.
    ///
    /// Throws ``LogError/locked(_:)`` when another writer lives, ``LogError/damaged(_:)`` and
    /// ``LogError/newer(file:needs:supports:)`` when the log is refused. Only the end of the history is read here:
    /// damage further back is met by ``replay()``, so fold before the first ``reserve()``.
    public static func open(
        at path: String,
        options: LogOptions = LogOptions()
    ) throws(LogError) -> LogWriter {
        try open(RealDisk(path), options)
    }

    /// A log in memory, gone with its writer: for tests.
    public static func inMemory(options: LogOptions = LogOptions()) throws(LogError) -> LogWriter {
        try open(MemoryDisk(), options)
    }

    /// The same on any file system.
    package static func open(_ disk: any LogFS, _ options: LogOptions = LogOptions()) throws(LogError)
        -> LogWriter
    {
        let lock = try LogLock(disk, processID: options.processID)
        let verdict = try RecoveryVerdict(disk, syncing: true, provenThrough: options.provenThrough)
        return try LogWriter(disk, options, lock, Recovery(disk, verdict, options))
    }

    /// Everything that was in the log when it was opened, batch by batch, whatever the watermarks say.
    ///
    /// The reader ends after `opening.lastSequence` and never before: a bad or missing batch in any segment is
    /// thrown as ``LogError/damaged(_:)`` with file, offset and sequence. Throws ``LogError/closed`` without the lock.
    public func replay() throws(LogError) -> LogReader {
        guard lock != nil else { throw .closed }
        return LogReader(disk, through: opening.lastSequence)
    }

    /// A reader that follows this writer, from the batch that holds `sequence` on.
    public func reader(from sequence: UInt64 = 1) throws(LogError) -> LogReader {
        try LogReader(disk, from: sequence)
    }

    /// Whether the recovery is done, so that there is a segment to append to; false until the first ``reserve()``.
    public var isWritable: Bool { recovery == nil && !isPoisoned && lock != nil }

    private init(
        _ disk: any LogFS,
        _ options: LogOptions,
        _ lock: LogLock,
        _ recovery: Recovery
    ) throws(LogError) {
        self.disk = disk
        self.options = options
        self.lock = lock
        self.recovery = recovery
        buffer = WriteBuffer(options.limits)
        let verdict = recovery.verdict
        inventory = LogInventory(disk, verdict)
        lastSequence = verdict.lastSequence
        lastTime = verdict.lastTime
        // What was read came from the device, after a sync.
        syncedThrough = verdict.lastSequence
        opening = Opening(
            logID: recovery.logID,
            epoch: recovery.epoch,
            lastSequence: verdict.lastSequence,
            lastTime: verdict.lastTime,
            wasClean: verdict.tail?.isCleanlyClosed ?? true,
            quarantined: try asLogError { () throws(FSError) in try QuarantinedTail.all(disk) }
        )
    }

    private func recover() throws(LogError) {
        guard let recovery else { return }
        do throws(LogError) {
            let (segment, durable) = try recovery.run(buffer)
            (self.segment, self.durable) = (segment, durable)
            try asLogError { () throws(FSError) in try inventory.open(segment) }
            // What went away before is no change of a name any more.
            try inventory.examine()
        } catch .outcomeUnknown(let error) {
            // No batch of this writer is under way yet.
            throw .file(error)
        } catch {
            throw error
        }
        opening.quarantined = try asLogError { () throws(FSError) in try QuarantinedTail.all(disk) }
        self.recovery = nil
    }

    /// Makes sure that the largest batch fits: recovers the log if that is still to be done, fills ahead, or rolls
    /// to a new segment.
    ///
    /// Call it before deciding; it holds for one batch.
    ///
    /// Throws ``LogError/noSpace`` without harm, and may be called again; every other error poisons:
    /// ``LogError/damaged(_:)`` when a file of the log has gone or was cut.
    public func reserve() throws(LogError) {
        guard lock != nil else { throw .closed }
        guard !isPoisoned else { throw .poisoned }
        do throws(LogError) {
            try recover()
            // Without a sync to stand beside it would show in the time of a batch.
            if let segment, options.durability == .commit {
                try inventory.glance(at: segment.end)
            }
            try fillAheadOrRoll()
            isReserved = true
        } catch .noSpace {
            throw .noSpace
        } catch {
            isPoisoned = true
            throw error
        }
    }

    private func fillAheadOrRoll() throws(LogError) {
        guard let segment, let durable else { throw .poisoned }
        let reserve = UInt64(options.limits.reserveBytes)
        if segment.filledAhead >= reserve { return }
        guard segment.capacity >= reserve else { return try roll(from: segment, durable) }
        let limit = UInt64(options.limits.segmentBytes)
        try segment.fill(min(reserve, limit - segment.end - segment.filledAhead))
        // Synced before it is used, so that a crash never meets a torn fill and a torn batch at once.
        if options.durability == .commit {
            try asOutcomeUnknown { () throws(FSError) in try segment.syncData() }
        }
        try inventory.examine()
    }

    private func roll(from old: OpenSegment, _ durable: DurableFile) throws(LogError) {
        let header = SegmentHeader(
            logID: logID,
            segmentID: options.newID(),
            epoch: epoch,
            firstSequence: lastSequence + 1,
            previous: old.link,
            durability: options.durability,
            limits: options.limits
        )
        let newborn = try SegmentCreation.perform(disk, header, temporaryID: options.newID()) {
            () throws(FSError) in
            try old.finish()
        }
        syncedThrough = lastSequence
        segment = newborn
        try asOutcomeUnknown { () throws(FSError) in
            try durable.write(synced: syncedThrough, visible: lastSequence)
            try durable.sync()
            try inventory.open(newborn)
        }
        try inventory.examine()
    }

    /// Appends one batch of `count` events and returns when it is durable in the chosen mode.
    ///
    /// `payload` is the raw bytes of all its events; `time`, in nanoseconds, is never less than the last batch's.
    /// Any error poisons the writer: ``LogError/outcomeUnknown(_:)`` leaves open whether the batch survives, and so does
    /// ``LogError/damaged(_:)``, thrown when a file of the log went away meanwhile.
    public func append(_ payload: UnsafeRawBufferPointer, count: Int, time: Int64) throws(LogError) {
        if !isReserved { try poisoning { () throws(LogError) in try reserve() } }
        try send(payload, count: count, time: time)
        try awaitOldest()
    }

    /// Writes one batch, which is durable when ``awaitOldest()`` has returned; ``reserve()`` comes before each.
    package func send(_ payload: UnsafeRawBufferPointer, count: Int, time: Int64) throws(LogError) {
        precondition(time >= lastTime, "batch times never decrease")
        precondition(!payload.isEmpty && count > 0 && count <= UInt32.max, "a batch holds at least one event")
        try poisoning { () throws(LogError) in
            // Without a segment nothing would be written, and what was not written is never acknowledged.
            guard !isPoisoned, isReserved, sent == nil, let segment else { throw .poisoned }
            guard payload.count <= options.limits.batchBytes else {
                throw .tooLarge(bytes: payload.count, limit: options.limits.batchBytes)
            }
            isReserved = false
            let bytes = try asOutcomeUnknown { () throws(FSError) in
                try segment.append(
                    payload,
                    count: UInt32(count),
                    time: time,
                    firstSequence: lastSequence + 1,
                    durableThrough: syncedThrough,
                    buffer
                )
            }
            sent = Sent(lastSequence: lastSequence + UInt64(count), time: time, bytes: UInt64(bytes))
        }
    }

    /// Returns when what was sent is durable in the chosen mode.
    package func awaitOldest() throws(LogError) {
        try poisoning { () throws(LogError) in
            guard !isPoisoned, let segment, let durable, let sent else { throw .poisoned }
            if options.durability == .commit {
                try asOutcomeUnknown { () throws(FSError) in try segment.syncData() }
            }
            // A sync succeeds also on a file that has no name any more.
            try inventory.confirm(segment.end)
            try asOutcomeUnknown { () throws(FSError) in
                if options.durability == .commit { syncedThrough = sent.lastSequence }
                try durable.write(synced: syncedThrough, visible: sent.lastSequence)
            }
            (lastSequence, lastTime) = (sent.lastSequence, sent.time)
            bytesWritten += sent.bytes
            self.sent = nil
        }
    }

    /// After an error nothing more is written.
    private func poisoning(_ body: () throws(LogError) -> Void) throws(LogError) {
        do throws(LogError) { try body() } catch {
            isPoisoned = true
            throw error
        }
    }

    /// Syncs, sets the close mark and releases the lock; a poisoned writer, and one that has not recovered the log
    /// yet, only releases the lock.
    ///
    /// Where there is no room for the mark, it closes without: everything is durable, and the next open begins a
    /// new segment. The lock is released even when it throws. Closing twice is fine.
    public func close() throws(LogError) {
        guard lock != nil else { return }
        defer { abandon() }
        guard !isPoisoned, let segment, let durable else { return }
        try poisoning { () throws(LogError) in try inventory.examine() }
        do throws(FSError) {
            try segment.syncData()
            syncedThrough = lastSequence
            let mark = CloseMark(lastSequence: lastSequence, lastTime: lastTime)
            if try segment.appendCloseMark(mark, buffer) { try segment.syncData() }
            try durable.write(synced: lastSequence, visible: lastSequence)
            try durable.sync()
        } catch {
            isPoisoned = true
            throw .outcomeUnknown(error)
        }
    }

    /// Releases the lock and writes nothing, as if the process had been killed: the next open recovers.
    ///
    /// For a host that can't go on although the log could. Abandoning twice, or after ``close()``, is fine.
    public func abandon() {
        segment = nil
        durable = nil
        recovery = nil
        lock = nil
    }
}

/// What a writer found when it opened the log.
public struct Opening: Sendable, Equatable {
    /// The number that the log was given when it was made.
    public let logID: UInt64
    /// The writer's own epoch, higher than every one before.
    public let epoch: UInt64
    /// Last sequence in the log; 0 when it is empty.
    public let lastSequence: UInt64
    /// Time of the last batch, nanoseconds.
    public let lastTime: Int64
    /// Whether the log was new or had been closed properly.
    public let wasClean: Bool
    /// Every torn tail in `quarantine/`, this opening's included, by name.
    public internal(set) var quarantined: [QuarantinedTail]
}
