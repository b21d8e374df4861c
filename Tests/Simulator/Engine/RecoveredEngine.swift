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

    static func read(_ disk: SimulatedDisk) throws(Recovery.Complaint) -> RecoveredEngine {
        let batches = try Recovery.read(disk)
        var state = State(limits: CoreLimits(payloadBytes: limits.payloadBytes))
        var folded: [[Event]] = []
        do {
            let reader = try EventReader(disk)
            while let events = try reader.nextBatch() {
                for event in events { try state.apply(event) }
                folded.append(events)
            }
        } catch {
            throw Recovery.Complaint(description: "the log does not fold: \(error)")
        }
        guard folded.map(\.count) == batches.map(\.count),
            state.lastSequence == batches.last?.lastSequence ?? 0
        else {
            throw Recovery.Complaint(description: "the batches' headers count other events than they hold")
        }
        return RecoveredEngine(batches: batches, events: folded, state: state)
    }
}
