import EventLog
import Orchestration
import Waybill

/// A log read twice: its bytes batch by batch, and its events folded into a state as an opening engine does.
struct RecoveredEngine {
    let batches: [RememberedBatch]
    /// Of each batch.
    let events: [[Event]]
    let state: State

    static let limits = LogLimits(segmentBytes: SimulatedLog.segmentBytes)

    /// What readers are shown.
    static func read(_ disk: SimulatedDisk) throws(Recovery.Complaint) -> RecoveredEngine {
        do {
            return try RecoveredEngine(SimulatedLog.batches(on: disk), EventReader(disk))
        } catch {
            throw Recovery.Complaint(description: "the log does not fold: \(error)")
        }
    }

    /// What a writer folds before it recovers.
    static func replay(_ writer: LogWriter) throws(Recovery.Complaint) -> RecoveredEngine {
        do {
            return try RecoveredEngine(
                SimulatedLog.batches(of: writer.replay()),
                EventReader(replaying: writer)
            )
        } catch {
            throw Recovery.Complaint(description: "the log does not fold: \(error)")
        }
    }

    private init(_ batches: [RememberedBatch], _ reader: EventReader) throws {
        var state = State(limits: CoreLimits(payloadBytes: Self.limits.payloadBytes))
        var folded: [[Event]] = []
        while let events = try reader.nextBatch() {
            for event in events { try state.apply(event) }
            folded.append(events)
        }
        guard folded.map(\.count) == batches.map(\.count),
            state.lastSequence == batches.last?.lastSequence ?? 0
        else {
            throw Recovery.Complaint(description: "the batches' headers count other events than they hold")
        }
        self.batches = batches
        events = folded
        self.state = state
    }
}
