import EventLog
import Testing
import Waybill

/// The bounded door: full is an answer, not a queue without end.
struct IntakeTests {
    func isFull(_ error: EngineError?, capacity: Int) -> Bool {
        if case .intakeFull(capacity)? = error { true } else { false }
    }

    @Test func `a full intake refuses at once and takes again when it has drained`() async throws {
        let disk = StagedDisk()
        let engine = try await Engine.open(disk, smallOptions(intakeCapacity: 4))
        disk.syncGate.shut()
        let first = Task.immediate { try await engine.create(JobSpecification(kind: "first"), by: me) }
        await disk.syncGate.reached()
        let waiting = (1...4).map { index in
            Task.immediate { try await engine.create(JobSpecification(kind: "k\(index)"), by: me).value }
        }
        // Answered although the disk stands still: nothing of it was kept.
        for _ in 1...3 {
            let error = await engineError { try await engine.create(JobSpecification(kind: "late"), by: me) }
            #expect(isFull(error, capacity: 4))
        }
        let group = [Request](repeating: Request(.create(JobSpecification(kind: "late")), by: me), count: 2)
        #expect(isFull(await engineError { try await engine.submit(group) }, capacity: 4))
        disk.syncGate.open()
        #expect(try await first.value.value == JobID(1))
        for (index, task) in waiting.enumerated() {
            #expect(try await task.value == JobID(UInt64(index) + 2))
        }
        #expect(try await engine.create(JobSpecification(kind: "again"), by: me).value == JobID(6))
        try await engine.close()
    }

    @Test func `a group larger than the intake is taken when nothing waits`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions(intakeCapacity: 4))
        let group = (1...10).map { Request(.create(JobSpecification(kind: "k\($0)")), by: me) }
        #expect(try await engine.submit(group).count == 10)
        #expect(try await engine.submit([]).isEmpty)
        try await engine.close()
    }
}
