import EventLog
import TestSupport
import Testing
import Waybill

/// After any history the models show what a slow recomputation from the events finds, live and from the log.
struct DifferentialTests {
    @Test(arguments: [(1, 1), (2, 262_144), (3, 262_144), (4, 64)] as [(UInt64, Int)])
    func `the models equal a recomputation`(seed: UInt64, feedEvents: Int) async throws {
        let disk = MemoryDisk()
        var crowd = RandomClients(seed: seed)
        let engine = try await Engine.open(disk, smallOptions(feedEvents: feedEvents))
        try await crowd.prepare(engine)
        for step in 1...1200 {
            try await crowd.act(on: engine)
            if step % 400 == 0 { try await check(engine, disk, &crowd.chance) }
        }
        try await engine.close()
        let again = try await Engine.open(disk, smallOptions(feedEvents: feedEvents))
        try await check(again, disk, &crowd.chance)
        try await again.close()
    }

    func check(_ engine: Engine, _ disk: MemoryDisk, _ chance: inout SeededRandom) async throws {
        let chronicle = try ModelOracle(try storedEvents(disk))
        let last = chronicle.state.lastSequence
        await caughtUp(engine, to: last)
        #expect(await engine.jobs.count == chronicle.shown.count)
        for entry in chronicle.entries {
            let summary = await engine.jobs[entry.id]
            #expect(summary != nil || entry.isPruned)
            #expect(summary.map(entry.isShown) ?? entry.isPruned, "job \(entry.id) at \(last)")
        }
        for _ in 0..<60 {
            let filter = filter(chronicle, &chance)
            await checkPage(filter, engine, chronicle, &chance)
            await checkChanges(filter, engine, chronicle, &chance)
        }
        await checkCounts(engine, chronicle)
        await checkQueues(engine, chronicle)
        await checkWorkers(engine, chronicle)
        await checkDeadLetters(engine, chronicle)
        await checkTasks(engine, chronicle)
        let open = chronicle.shown.filter { $0.state == .proposed }.map(\.id)
        #expect(await engine.suggestions.page(limit: 10_000).map(\.id) == open)
    }

    func checkPage(
        _ filter: JobFilter,
        _ engine: Engine,
        _ chronicle: ModelOracle,
        _ chance: inout SeededRandom
    ) async {
        let expected = chronicle.shown.filter { $0.meets(filter) }.map(\.id)
        let (order, limit) = (chance.oneIn(2) ? JobOrder.oldestFirst : .newestFirst, chance.below(9) + 1)
        var seen: [JobID] = []
        while true {
            let page = await engine.jobs.page(filter, order: order, after: seen.last, limit: limit)
            seen += page.map(\.id)
            if page.count < limit { break }
        }
        #expect(seen == (order == .oldestFirst ? expected : expected.reversed()), "\(filter)")
    }

    func checkChanges(
        _ filter: JobFilter,
        _ engine: Engine,
        _ chronicle: ModelOracle,
        _ chance: inout SeededRandom
    ) async {
        let places = chronicle.shown.filter { $0.meets(filter) }
            .map { ChangeCursor(changedAt: $0.changed, id: $0.id) }.sorted()
        let order = chance.oneIn(2) ? ChangeOrder.lastChangedFirst : .longestUnchangedFirst
        let limit = chance.below(9) + 1
        var seen: [ChangeCursor] = []
        while let page = await engine.jobs.page(filter, by: order, after: seen.last, limit: limit) {
            seen += page.map { ChangeCursor($0) }
            if page.count < limit { break }
        }
        #expect(seen == (order == .longestUnchangedFirst ? places : places.reversed()), "\(filter)")
    }

    func checkCounts(_ engine: Engine, _ chronicle: ModelOracle) async {
        for queue in [nil, "q0", "q1", "q2", "unknown"] {
            for kind in [nil, "a", "b", "unknown"] {
                let jobs = chronicle.shown.filter { $0.meets(JobFilter(queue: queue, kind: kind)) }
                let expected = Dictionary(grouping: jobs, by: \.state).mapValues(\.count)
                #expect(await engine.jobs.counts(queue: queue, kind: kind) == expected)
            }
        }
        #expect(await engine.jobs.count(kind: "a") == chronicle.shown.count { $0.kind == "a" })
    }

    func checkQueues(_ engine: Engine, _ chronicle: ModelOracle) async {
        #expect(await engine.queues.all().map(\.name) == chronicle.queues.sorted())
        for name in chronicle.queues {
            guard let queue = await engine.queues[name], let known = chronicle.state.queue(name) else {
                Issue.record("queue \(name) is missing")
                continue
            }
            let jobs = chronicle.shown.filter { $0.queue == name }
            for state in JobState.allCases {
                #expect(queue[state] == jobs.count { $0.state == state }, "\(state) of \(name)")
            }
            #expect(queue.held == jobs.count(where: \.isHeld))
            #expect(queue.oldestReady == jobs.filter { !$0.isHeld }.compactMap(\.readySince).min())
            #expect(queue.specification == known.specification && queue.status == known.status)
            #expect(queue.inFlight == Int(known.running))
        }
    }

    func checkWorkers(_ engine: Engine, _ chronicle: ModelOracle) async {
        let known = chronicle.state.workerList.sorted { $0.name < $1.name }
        let shown = await engine.workers.all()
        #expect(shown.map(\.name) == known.map(\.name))
        #expect(shown.map(\.running) == known.map { Int($0.running) })
        #expect(shown.map(\.isDraining) == known.map(\.isDraining))
        #expect(shown.map(\.registration) == known.map(\.specification))
    }

    func checkDeadLetters(_ engine: Engine, _ chronicle: ModelOracle) async {
        let dead = chronicle.shown.filter { $0.state == .dead }
        #expect(await engine.deadLetters.count == dead.count)
        for entry in dead {
            let letter = await engine.deadLetters[entry.id]
            #expect(letter?.errorType == entry.failure?.type ?? "")
            #expect(letter?.diedAt == entry.changed)
            if let failure = entry.failure { #expect(letter?.message == failure.message) }
        }
        var members: [JobID] = []
        var groups: [UInt64] = []
        while let group = await engine.deadLetters.groups(after: groups.last, limit: 1).first {
            groups.append(group.id)
            let page = await engine.deadLetters.page(of: group.id)
            #expect(page.count == group.count)
            #expect(page.allSatisfy { $0.errorType == group.errorType && $0.cause == group.cause })
            members += page.map(\.id)
        }
        #expect(members.sorted() == dead.map(\.id))
    }

    func checkTasks(_ engine: Engine, _ chronicle: ModelOracle) async {
        #expect(await engine.tasks.count == chronicle.shown.count { $0.taskCount > 0 })
        for entry in chronicle.entries {
            let parent = entry.parent.flatMap { chronicle.entries[Int($0.rawValue) - 1] }
            #expect(await engine.tasks.parent(of: entry.id) == (parent?.isPruned == false ? parent?.id : nil))
            guard let progress = await engine.tasks[entry.id] else {
                #expect(entry.isPruned || entry.taskCount == 0)
                continue
            }
            let tasks = chronicle.entries.filter { $0.parent == entry.id }
            #expect(progress.total == entry.taskCount && progress.total == tasks.count)
            #expect(tasks.allSatisfy { progress.jobs.contains($0.id) })
            #expect(progress.running == tasks.count { $0.state == .running })
            #expect(progress.succeeded == tasks.count { $0.state == .succeeded })
            #expect(progress.dead == tasks.count { $0.state == .dead })
            #expect(progress.cancelled == tasks.count { $0.state == .cancelled })
            #expect(progress.waiting == tasks.count { !$0.state.isTerminal && $0.state != .running })
        }
    }

    func filter(_ chronicle: ModelOracle, _ chance: inout SeededRandom) -> JobFilter {
        var filter = JobFilter()
        func moment(_ chance: inout SeededRandom) -> Timestamp? {
            chance.oneIn(6) ? chronicle.entries[chance.below(chronicle.entries.count)].changed : nil
        }
        if chance.oneIn(2) { filter.states = [JobState.allCases[chance.below(8)], .succeeded] }
        if chance.oneIn(3) { filter.queue = "q\(chance.below(4))" }
        if chance.oneIn(3) { filter.kind = "a" }
        if chance.oneIn(4) { filter.tag = "t0\(chance.below(2))" }
        if chance.oneIn(5) { filter.machine = "m\(chance.below(2))" }
        if chance.oneIn(6) { filter.worker = "w\(chance.below(3))" }
        if chance.oneIn(4) { filter.isHeld = chance.oneIn(2) }
        if chance.oneIn(6) { filter.ids = (0..<40).map { JobID(UInt64($0 * 7)) } }
        filter.createdFrom = moment(&chance)
        filter.createdBefore = moment(&chance)
        filter.changedFrom = moment(&chance)
        filter.changedBefore = moment(&chance)
        return filter
    }
}

/// Waits until every model shows the sequence.
func caughtUp(_ engine: Engine, to sequence: UInt64) async {
    let models: [any ReadModel] = [
        engine.jobs, engine.queues, engine.workers, engine.deadLetters, engine.throughput,
        engine.suggestions, engine.machines, engine.series, engine.tasks,
    ]
    for model in models { await model.caughtUp(to: sequence) }
}
