import EventLog
import TestSupport
import Testing
import Waybill

/// What an engine says of itself.
struct VitalsTests {
    @Test func `batches, events and bytes are counted, and the lag ends`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        for _ in 0..<3 {
            try await engine.create([JobSpecification(kind: "a"), JobSpecification(kind: "b")], by: me)
        }
        await engine.jobs.caughtUp(to: engine.durableSequence)
        let vitals = engine.vitals()
        #expect(vitals.durableSequence == 7 && vitals.eventsWritten == 7 && vitals.batchesWritten == 4)
        #expect(vitals.bytesWritten > 0 && vitals.readModelLag == 0 && vitals.epoch == 1)
        #expect(vitals.appends.count == 4 && vitals.appends.counts.count == vitals.appends.bounds.count + 1)
        #expect(vitals.batchSizes.count == 4 && vitals.batchSizes.sum == 7)
        #expect(vitals.lastAppend != nil && vitals.sinceLastAppend.map { $0 >= .zero } == true)
        #expect(vitals.intakeDepth == 0)
        guard case .serving = vitals.condition else { throw EngineError.closed }
        let footprint = try await engine.footprint()
        #expect(footprint.segments == 1 && footprint.bytes > 0 && footprint.freeBytes == nil)
        try await engine.close()
        guard case .closed = engine.vitals().condition else { throw EngineError.closed }
    }

    @Test func `a real disk says how much room there is`() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await Engine.open(at: directory.path, options: smallOptions())
        let footprint = try await engine.footprint()
        #expect(footprint.segments == 1 && footprint.freeBytes.map { $0 > 0 } == true)
        try await engine.close()
    }
}
