import EventLog
import TestSupport
import Testing
import Waybill

/// What an engine says of itself.
struct EngineMetricsTests {
    @Test func `batches, events and bytes are counted, and the lag ends`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        for _ in 0..<3 {
            try await engine.create([JobSpecification(kind: "a"), JobSpecification(kind: "b")], by: me)
        }
        await engine.jobs.caughtUp(to: engine.durableSequence)
        let metrics = engine.metrics()
        #expect(metrics.durableSequence == 7)
        #expect(metrics.eventsWritten == 7)
        #expect(metrics.batchesWritten == 4)
        #expect(metrics.bytesWritten > 0)
        #expect(metrics.readModelLag == 0)
        #expect(metrics.epoch == 1)
        #expect(metrics.appends.count == 4)
        #expect(metrics.appends.counts.count == metrics.appends.bounds.count + 1)
        #expect(metrics.batchSizes.count == 4)
        #expect(metrics.batchSizes.sum == 7)
        #expect(metrics.lastAppend != nil)
        #expect(metrics.sinceLastAppend.map { $0 >= .zero } == true)
        #expect(metrics.intakeDepth == 0)
        guard case .serving = metrics.condition else { throw EngineError.closed }
        let footprint = try await engine.footprint()
        #expect(footprint.segments == 1)
        #expect(footprint.bytes > 0)
        #expect(footprint.freeBytes == nil)
        try await engine.close()
        guard case .closed = engine.metrics().condition else { throw EngineError.closed }
    }

    @Test func `a real disk says how much room there is`() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await Engine.open(at: directory.path, options: smallOptions())
        let footprint = try await engine.footprint()
        #expect(footprint.segments == 1)
        #expect(footprint.freeBytes.map { $0 > 0 } == true)
        try await engine.close()
    }
}
