package import EventLog
package import Orchestration

/// Reads a log's events in order, without a lock, and follows a live one.
package final class EventReader {
    private let log: LogReader
    private var next: UInt64

    /// Begins at `sequence` (from 1).
    package init(_ files: any LogFS, from sequence: UInt64 = 1) throws(EngineError) {
        next = max(1, sequence)
        do { log = try LogReader(files, from: next) } catch { throw .log(error) }
    }

    /// Through `last`, up to where the log is known to hold everything: what is missing before that is damage.
    init(_ files: any LogFS, from sequence: UInt64, through last: UInt64) {
        next = max(1, sequence)
        log = LogReader(files, from: next, through: last)
    }

    /// Everything that a log held when its writer opened it.
    package init(replaying writer: LogWriter) throws(EngineError) {
        next = 1
        do { log = try writer.replay() } catch { throw .log(error) }
    }

    /// The last sequence that may be shown, as of the last look; 0 for a log without events.
    package var visible: UInt64 { log.visible }

    /// The events of the next batch, from the wanted sequence on; nil at the visible end, where it may be called
    /// again later.
    package func nextBatch() throws(EngineError) -> [Event]? {
        guard let batch = try readBatch() else { return nil }
        var events: [Event]
        do { events = try EventCodec.decode(batch.payload) } catch {
            throw .undecodable(
                segment: batch.segment,
                offset: batch.offset,
                sequence: batch.firstSequence,
                error
            )
        }
        let isWhole = events.indices.allSatisfy { events[$0].sequence == batch.firstSequence + UInt64($0) }
        guard events.count == batch.count, isWhole else {
            throw .misnumbered(segment: batch.segment, offset: batch.offset, sequence: batch.firstSequence)
        }
        if batch.firstSequence < next {
            events.removeFirst(Int(min(next - batch.firstSequence, UInt64(batch.count))))
        }
        next = batch.firstSequence + UInt64(batch.count)
        return events
    }

    private func readBatch() throws(EngineError) -> LogBatch? {
        do { return try log.next() } catch { throw .log(error) }
    }
}
