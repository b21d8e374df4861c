import EventLog
import TestSupport
import Testing
import Waybill

/// The bounded door: full is an answer, not a queue without end.
struct IntakeTests {
    func isFull(_ error: EngineError?, capacity: Int) -> Bool {
        if case .intakeFull(capacity)? = error { true } else { false }
    }

    @Test func `a full intake refuses at once and takes again when it has drained`() async throws {
        let disk = FaultyDisk()
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
        let group = [CommandGroup.Member](
            repeating: CommandGroup.Member(.create(JobSpecification(kind: "late"))),
            count: 2
        )
        #expect(isFull(await engineError { try await engine.submit(each: group, by: me) }, capacity: 4))
        disk.syncGate.open()
        #expect(try await first.value.value == JobID(1))
        for (index, task) in waiting.enumerated() {
            #expect(try await task.value == JobID(UInt64(index) + 2))
        }
        #expect(try await engine.create(JobSpecification(kind: "again"), by: me).value == JobID(6))
        try await engine.close()
    }

    /// What each of these carries weighs as much as three small commands at least, wherever it carries it.
    static let huge: [CommandGroup.Member] = {
        let text = String(repeating: "x", count: 12 << 10)
        let small = JobSpecification(kind: "k")
        let names = (100..<200).map { Name("\($0)\(text.prefix(200))") }
        return [
            CommandGroup.Member(
                .create(JobSpecification(kind: "k", requirements: Requirements(labels: names)))
            ),
            CommandGroup.Member(
                .create(JobSpecification(kind: "k", retry: RetryPolicy(nonRetryable: names)))
            ),
            CommandGroup.Member(.update(JobID(1), JobChange(requirements: Requirements(gpuModels: names)))),
            CommandGroup.Member(.registerWorker(WorkerSpecification(name: "w", slots: 1, kinds: names))),
            CommandGroup.Member(.create(JobSpecification(kind: "k", payload: Array(text.utf8)))),
            CommandGroup.Member(.suggest(JobSpecification(kind: "k", attributes: ["a": text]))),
            CommandGroup.Member(.create(small), reason: text),
            CommandGroup.Member(.complete(.job(JobID(1)), result: Payload(Array(text.utf8)))),
            CommandGroup.Member(.fail(.job(JobID(1)), Failure(type: "t", message: text))),
            CommandGroup.Member(.registerMachine(machine(text))),
        ]
    }()

    static func machine(_ text: String) -> MachineSpecification {
        MachineSpecification(name: "m", cpuMillis: 1, attributes: ["a": text])
    }

    @Test(arguments: huge) func `what a command carries fills the intake too`(request: CommandGroup.Member)
        async throws
    {
        let disk = FaultyDisk()
        let engine = try await Engine.open(disk, smallOptions(intakeCapacity: 4))
        disk.syncGate.shut()
        let first = Task.immediate { try await engine.create(JobSpecification(kind: "first"), by: me) }
        await disk.syncGate.reached()
        let waiting = Task.immediate {
            await engineError { try await engine.submit(each: [request], by: me) }
        }
        let error = await engineError { try await engine.create(JobSpecification(kind: "late"), by: me) }
        #expect(isFull(error, capacity: 4))
        disk.syncGate.open()
        _ = try await first.value
        _ = await waiting.value
        try await engine.close()
    }

    @Test func `a group larger than the intake is taken when nothing waits`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions(intakeCapacity: 4))
        let group = (1...10).map { CommandGroup.Member(.create(JobSpecification(kind: "k\($0)"))) }
        #expect(try await engine.submit(each: group, by: me).count == 10)
        #expect(try await engine.submit(each: [], by: me).isEmpty)
        try await engine.close()
    }
}
