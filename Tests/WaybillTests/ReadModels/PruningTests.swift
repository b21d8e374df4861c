import EventLog
import TestSupport
import Testing
import Waybill

/// What is pruned leaves every view, and its memory.
struct PruningTests {
    @Test func `a pruned job is in no view, and the others stay where they were`() async throws {
        let disk = MemoryDisk()
        let engine = try await Engine.open(disk, smallOptions())
        var ids: [JobID] = []
        for index in 0..<25 {
            let jobs = (0..<40).map { JobSpecification(kind: "k\($0 % 2)", tags: $0 == 7 ? ["rare"] : []) }
            ids += try await engine.create(jobs, by: me).value
            if index == 12 { try await engine.advance(by: .seconds(100)) }
        }
        for chunk in ids.chunked(40) { try await engine.cancel(chunk, by: me) }
        var chance = SeededRandom(seed: 3)
        let kept = Set([ids[5], ids[400], ids[999]])
        for chunk in ids.filter({ !kept.contains($0) }).shuffled(using: &chance).chunked(40) {
            try await engine.prune(chunk, by: me)
        }
        let last = try await engine.create(JobSpecification(kind: "k0"), by: me).value
        try await check(engine, ids, kept.sorted(), last)
        try await engine.close()
        let again = try await Engine.open(disk, smallOptions())
        try await check(again, ids, kept.sorted(), last)
        try await again.close()
    }

    @Test func `the curves of a pruned job are gone too`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let ids = try await engine.create([JobSpecification(kind: "a"), JobSpecification(kind: "b")], by: me)
        for job in ids.value {
            try await engine.addPoints([Point(step: 1, time: .zero, value: 2)], to: "loss", of: job, by: me)
        }
        try await engine.cancel(ids.value[0], by: me)
        try await engine.prune([ids.value[0]], by: me)
        await caughtUp(engine, to: engine.durableSequence)
        #expect(await engine.series.pointCount == 1)
        #expect(await engine.series.names(of: ids.value[0]).isEmpty)
        try await engine.close()
    }

    func check(_ engine: Engine, _ ids: [JobID], _ kept: [JobID], _ last: JobID) async throws {
        await caughtUp(engine, to: engine.durableSequence)
        let jobs = engine.jobs
        #expect(await jobs.page().map(\.id) == kept + [last])
        #expect(await jobs.page(order: .newestFirst, after: last).map(\.id) == kept.reversed())
        #expect(await jobs.count == 4)
        #expect(await jobs.page(JobFilter(tag: "rare")).isEmpty)
        #expect(await jobs[ids[0]] == nil)
        #expect(await jobs.birth(of: ids[0]) == nil)
        #expect(await jobs.birth(of: kept[0]) == 7)
        let late = JobFilter(states: [.cancelled], createdFrom: Timestamp(seconds: 1100))
        #expect(await jobs.page(late).map(\.id) == [kept[2]])
        let early = JobFilter(createdBefore: Timestamp(seconds: 1100))
        #expect(await jobs.page(early).map(\.id) == Array(kept.prefix(2)))
        #expect(await engine.queues["default"]?.total == 4)
        #expect(await engine.queues.total(.cancelled) == 3)
    }
}

extension Array {
    fileprivate func chunked(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min(count, $0 + size)]) }
    }
}
