import EventLog
import TestSupport
import Testing
import Waybill

/// After any history the models show what a slow recomputation from the events finds, live and from the log.
struct DifferentialTests {
    @Test(arguments: [(1, 1), (2, 262_144), (3, 262_144), (4, 64)] as [(UInt64, Int)])
    func `the models equal a recomputation`(seed: UInt64, feedEvents: Int) async throws {
        let disk = MemoryDisk()
        var clients = RandomClients(seed: seed)
        let engine = try await Engine.open(disk, smallOptions(feedEvents: feedEvents))
        try await clients.prepare(engine)
        for step in 1...1200 {
            try await clients.act(on: engine)
            if step % 400 == 0 { try await check(engine, disk, &clients.chance) }
        }
        try await engine.close()
        let again = try await Engine.open(disk, smallOptions(feedEvents: feedEvents))
        try await check(again, disk, &clients.chance)
        try await again.close()
    }

    func check(_ engine: Engine, _ disk: MemoryDisk, _ chance: inout SeededRandom) async throws {
        let oracle = try ModelOracle(try storedEvents(disk))
        let last = oracle.state.lastSequence
        await caughtUp(engine, to: last)
        #expect(await engine.jobs.count == oracle.shown.count)
        for entry in oracle.entries {
            let summary = await engine.jobs[entry.id]
            #expect(summary != nil || entry.isPruned)
            #expect(summary.map(entry.isShown) ?? entry.isPruned, "job \(entry.id) at \(last)")
        }
        for _ in 0..<60 {
            let filter = filter(oracle, &chance)
            await checkPage(filter, engine, oracle, &chance)
            await checkChanges(filter, engine, oracle, &chance)
        }
        await checkCounts(engine, oracle)
        await checkQueues(engine, oracle)
        await checkWorkers(engine, oracle)
        await checkDeadLetters(engine, oracle)
        await checkTasks(engine, oracle)
        let open = oracle.shown.filter { $0.state == .proposed }.map(\.id)
        #expect(await engine.suggestions.page(limit: 10_000).map(\.id) == open)
    }

    func checkPage(
        _ filter: JobFilter,
        _ engine: Engine,
        _ oracle: ModelOracle,
        _ chance: inout SeededRandom
    ) async {
        let expected = oracle.shown.filter { $0.meets(filter) }.map(\.id)
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
        _ oracle: ModelOracle,
        _ chance: inout SeededRandom
    ) async {
        let places = oracle.shown.filter { $0.meets(filter) }
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

    func checkCounts(_ engine: Engine, _ oracle: ModelOracle) async {
        for queue: Name? in [nil, "q\u{e9}", "qe\u{301}", "q2", "unknown"] {
            for kind: Name? in [nil, "a\u{e9}", "ae\u{301}", "unknown"] {
                let jobs = oracle.shown.filter { $0.meets(JobFilter(queue: queue, kind: kind)) }
                let expected = Dictionary(grouping: jobs, by: \.state).mapValues(\.count)
                #expect(await engine.jobs.counts(queue: queue, kind: kind) == expected)
            }
        }
        #expect(await engine.jobs.count(kind: "a\u{e9}") == oracle.shown.count { $0.kind == "a\u{e9}" })
    }

    func checkQueues(_ engine: Engine, _ oracle: ModelOracle) async {
        #expect(await engine.queues.all().map(\.name) == oracle.queues.sorted())
        for name in oracle.queues {
            guard let queue = await engine.queues[name], let known = oracle.state.queue(name) else {
                Issue.record("queue \(name) is missing")
                continue
            }
            let jobs = oracle.shown.filter { $0.queue == name }
            for state in JobState.allCases {
                #expect(queue[state] == jobs.count { $0.state == state }, "\(state) of \(name)")
            }
            #expect(queue.held == jobs.count(where: \.isHeld))
            #expect(queue.oldestReady == jobs.filter { !$0.isHeld }.compactMap(\.readySince).min())
            #expect(queue.specification == known.specification)
            #expect(queue.status == known.status)
            #expect(queue.inFlight == Int(known.running))
        }
    }

    func checkWorkers(_ engine: Engine, _ oracle: ModelOracle) async {
        let known = oracle.state.workerList.sorted { $0.name < $1.name }
        let shown = await engine.workers.all()
        #expect(shown.map(\.name) == known.map(\.name))
        #expect(shown.map(\.running) == known.map { Int($0.running) })
        #expect(shown.map(\.isDraining) == known.map(\.isDraining))
        #expect(shown.map(\.registration) == known.map(\.specification))
    }

    func checkDeadLetters(_ engine: Engine, _ oracle: ModelOracle) async {
        let dead = oracle.shown.filter { $0.state == .dead }
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

    func checkTasks(_ engine: Engine, _ oracle: ModelOracle) async {
        #expect(await engine.tasks.count == oracle.shown.count { $0.taskCount > 0 })
        for entry in oracle.entries {
            let parent = entry.parent.flatMap { oracle.entries[Int($0.rawValue) - 1] }
            #expect(await engine.tasks.parent(of: entry.id) == (parent?.isPruned == false ? parent?.id : nil))
            guard let progress = await engine.tasks[entry.id] else {
                #expect(entry.isPruned || entry.taskCount == 0)
                continue
            }
            let tasks = oracle.entries.filter { $0.parent == entry.id }
            #expect(progress.total == entry.taskCount)
            #expect(progress.total == tasks.count)
            #expect(tasks.allSatisfy { progress.jobs.contains($0.id) })
            #expect(progress.running == tasks.count { $0.state == .running })
            #expect(progress.succeeded == tasks.count { $0.state == .succeeded })
            #expect(progress.dead == tasks.count { $0.state == .dead })
            #expect(progress.cancelled == tasks.count { $0.state == .cancelled })
            #expect(progress.waiting == tasks.count { !$0.state.isTerminal && $0.state != .running })
        }
    }

    func filter(_ oracle: ModelOracle, _ chance: inout SeededRandom) -> JobFilter {
        var filter = JobFilter()
        func moment(_ chance: inout SeededRandom) -> Timestamp? {
            chance.oneIn(6) ? oracle.entries[chance.below(oracle.entries.count)].changed : nil
        }
        if chance.oneIn(2) { filter.states = [JobState.allCases[chance.below(8)], .succeeded] }
        if chance.oneIn(3) { filter.queue = ["q\u{e9}", "qe\u{301}", "q2", "q3"][chance.below(4)] }
        if chance.oneIn(3) { filter.kind = "a\u{e9}" }
        if chance.oneIn(4) { filter.tag = ["t\u{e9}", "te\u{301}"][chance.below(2)] }
        if chance.oneIn(5) { filter.machine = ["m\u{e9}", "me\u{301}"][chance.below(2)] }
        if chance.oneIn(6) { filter.worker = ["w\u{e9}", "we\u{301}", "w2"][chance.below(3)] }
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
