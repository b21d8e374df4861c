import Orchestration
import Testing

/// Random command sequences against the invariants of the domain.
struct PropertyTests {
    @Test(arguments: UInt64(0)..<60)
    func `random commands keep the invariants, and the log folds to the same state`(block: UInt64) throws {
        for seed in (block * 5)..<(block * 5 + 5) {
            try check(seed: seed)
        }
    }

    private func check(seed: UInt64) throws {
        var random = RandomCommands(seed: seed)
        var bench = try Bench()
        for step in 0..<200 {
            if random.chance.one(in: 4) { try bench.elapse(.seconds(Int64(random.chance.below(12)))) }
            if random.chance.one(in: 80) { try bench.open(epoch: bench.state.epoch + 1) }
            let command = random.next(bench)
            let context = random.context(bench)
            let before = step % 20 == 0 ? canonical(bench.state) : []
            var events: [Event] = []
            do throws(Refusal) {
                let entropy = random.chance.next()
                _ = try bench.state.decide(command, context, at: bench.now, entropy: entropy, into: &events)
            } catch {
                #expect(events.isEmpty, "seed \(seed) step \(step): a refusal left events")
            }
            if step % 20 == 0 { #expect(canonical(bench.state) == before, "seed \(seed) step \(step)") }
            try bench.absorb(events)
            if step % 3 == 0 { audit(bench.state, "seed \(seed) step \(step) \(command)") }
        }
        try replay(bench, seed)
    }

    /// I1, I4, I11 and the indexes, looked at from outside.
    private func audit(_ state: State, _ place: String) {
        var leased: [String: UInt64] = [:]
        var tokens: Set<LeaseToken> = []
        var open = 0
        var ready = 0
        for number in 0..<state.jobCount {
            let id = JobID(number + 1)
            guard let job = state[id] else {
                #expect(state.outcome(of: id)?.state.isTerminal == true, "\(place)")
                continue
            }
            open += 1
            if job.state == .ready { ready += 1 }
            guard job.state == .running else { continue }
            #expect(job.deadline != nil && job.worker != nil, "\(place)")
            if let token = job.token { #expect(tokens.insert(token).inserted, "\(place)") }
            if let machine = job.machine {
                leased[machine, default: 0] += job.specification.requirements.cpuMillis
            }
        }
        #expect(
            open == state.openCount && ready == state.readyCount && tokens.count == state.runningCount,
            "\(place)"
        )
        for machine in state.machineList {
            #expect(machine.leasedCPUMillis == leased[machine.specification.name] ?? 0, "\(place)")
            #expect(machine.leasedCPUMillis <= machine.specification.cpuMillis, "\(place)")
        }
    }

    /// I2, I3, I6 over the finished log, and the log through the codec.
    private func replay(_ bench: Bench, _ seed: UInt64) throws {
        var bytes: [UInt8] = []
        for event in bench.log { EventCodec.encode(event, into: &bytes) }
        let read = try EventCodec.decode(bytes)
        #expect(read == bench.log, "seed \(seed)")
        var folded = State()
        var newest = LeaseToken(epoch: 0, counter: 0)
        var previous: [JobID: UInt64] = [:]
        for event in read {
            try folded.apply(event)
            if case .jobDispatched(let lease) = event.body {
                #expect(lease.token > newest, "seed \(seed)")
                newest = lease.token
            }
            if let job = event.body.job {
                #expect(event.links.job == previous[job] ?? 0, "seed \(seed)")
                previous[job] = event.sequence
            }
        }
        #expect(canonical(folded) == canonical(bench.state), "seed \(seed)")
    }
}
