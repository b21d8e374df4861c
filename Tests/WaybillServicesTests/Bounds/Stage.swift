import Orchestration
import ServerTestSupport
import Waybill

/// What an operation needs to be there, made anew for each request, so that nothing but the field in question can be
/// the reason of a refusal.
struct Stage {
    struct Props {
        /// What stands in the path.
        var path: [String: String] = [:]
        /// What fields of the body hold, by their paths.
        var body: [String: Sample] = [:]

        /// The body with what is made for this request, but for what is at a path, or in it.
        func filling(_ sample: Sample, but path: [BodyStep]) -> Sample {
            body.reduce(sample) { sample, prop in
                let place = [BodyStep](prop.key)
                let isTouched = !path.isEmpty && (place.starts(with: path) || path.starts(with: place))
                guard !isTouched, sample.holds(place) else { return sample }
                return sample.setting(prop.value, at: place)
            }
        }
    }

    let engine: Engine
    private let me = CommandContext(actor: "stage")

    init(_ engine: Engine) async throws {
        self.engine = engine
        // Those that paths name.
        try await engine.register(WorkerSpecification(name: "a0", slots: .max), by: me)
        try await engine.register(MachineSpecification(name: "a0", cpuMillis: 0), by: me)
        try await engine.configure(QueueSpecification(name: "a0"), by: me)
        for _ in 0..<3 { _ = try await job() }
    }

    func props(for operation: String) async throws -> Props {
        switch operation {
        case "heartbeatLease", "completeLease", "failLease", "snoozeLease", "releaseLease":
            return Props(path: ["token": try await lease()])
        case "dispatch":
            _ = try await job()
            return Props(body: ["complete[0].token": .string(try await lease())])
        case "createJob", "createJobs", "createSuggestion": return new(try await job())
        case "cancelJobs", "holdJobs", "unholdJobs":
            return many(try await job())
        case "redriveJobs", "pruneJobs": return many(try await cancelled())
        case "discardJobs": return many(try await dead())
        case "approveSuggestions", "rejectSuggestions":
            return Props(body: ["jobs[0]": .plain("\(try await suggested("k"))")])
        case "approveRebalancings":
            return Props(body: ["ids[0]": .plain("\(try await suggested("rebalancing"))")])
        case "addConvergenceData":
            return Props(body: ["simulation_id": .plain("\(try await job("simulation", "simulations"))")])
        case "createSimulationMachine": return Props()
        case "addPoints":
            let point: [Sample.Member] = [
                .init("step", .plain("1")), .init("value", .plain("1")),
                .init("time", .string("2050-01-01T00:00:00Z")),
            ]
            return Props(path: try await path(for: operation), body: ["points[0]": .object(point)])
        case "moveComputeJob":
            return Props(path: try await path(for: operation), body: ["status": .string("failed")])
        default: return Props(path: try await path(for: operation))
        }
    }

    private func many(_ job: JobID) -> Props {
        Props(body: [
            "jobs[0]": .plain("\(job)"),
            "filter": .object([.init("queue", .string("q")), .init("kind", .string("nowhere"))]),
        ])
    }

    /// A key that no other has.
    private func new(_ job: JobID) -> Props {
        var props = Props()
        for place in ["", "jobs[0].", "tasks[0]."] {
            props.body[place + "uniqueKey"] = .string("u\(job)")
            props.body[place + "after[0]"] = .plain("\(job)")
        }
        return props
    }

    private func path(for operation: String) async throws -> [String: String] {
        let job: JobID
        switch operation {
        case "redriveJob", "pruneJob": job = try await cancelled()
        case "rerunJob": job = try await completed()
        case "discardJob": job = try await dead()
        case "approveSuggestion", "rejectSuggestion": job = try await suggested("k")
        case "approveRebalancing": job = try await suggested("rebalancing")
        case "completeRebalancing", "readRebalancing": job = try await task()
        case "moveComputeJob", "readComputeJob": job = try await running("compute", "compute")
        case "readGeneration", "readImage": job = try await self.job("generation", "generations")
        case let name where name.hasSuffix("Simulation") || name.contains("onvergence"):
            job = try await self.job("simulation", "simulations")
        case let name where name.contains("Machine"): return ["id": "1"]
        default: job = try await self.job()
        }
        return ["id": "\(job)", "simulation_id": "\(job)"]
    }
}

extension Stage {
    private func job(_ kind: String = "k", _ queue: String = "stage") async throws -> JobID {
        try await engine.create(JobSpecification(kind: Name(kind), queue: Name(queue)), by: me).value
    }

    private func cancelled() async throws -> JobID {
        let job = try await job()
        try await engine.cancel([job], by: me)
        return job
    }

    private func running(_ kind: String = "k", _ queue: String = "stage") async throws -> JobID {
        let job = try await job(kind, queue)
        try await engine.start(job, on: "stage", by: me)
        return job
    }

    private func lease() async throws -> String {
        let leases = try await engine.start(try await job(), on: "stage", by: me).value
        return "\(leases[0].token)"
    }

    private func completed() async throws -> JobID {
        let job = try await running()
        try await engine.complete(.job(job), by: me)
        return job
    }

    private func dead() async throws -> JobID {
        let job = try await running()
        try await engine.fail(.job(job), Failure(type: "t", isRetryable: false), by: me)
        return job
    }

    private func suggested(_ kind: String) async throws -> JobID {
        let proposal = #"{"from_station": 1, "to_station": 2, "bikes": 1, "confidence": 1}"#
        let job = JobSpecification(
            kind: Name(kind),
            queue: Name(kind),
            payload: Array(proposal.utf8),
            contentType: "application/json"
        )
        return try await engine.suggest(job, by: me).value
    }

    private func task() async throws -> JobID {
        let task = try await suggested("rebalancing")
        try await engine.approve([task], by: me)
        try await engine.start(task, on: "stage", by: me)
        return task
    }
}
