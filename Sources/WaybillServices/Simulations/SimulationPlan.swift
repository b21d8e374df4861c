import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillServer

/// The commands that make a simulation what a client wants it to be.
struct SimulationPlan: Sendable {
    enum Step: Sendable, Hashable {
        case change(JobChange)
        case start
        case complete
    }

    let job: JobID
    private(set) var steps: [Step] = []
    private let pinned: String?

    /// Throws what can be said against it from the simulation alone.
    init(_ detail: JobDetail, _ wish: SimulationPatch, _ roll: MachineDirectory) throws(Problem) {
        job = detail.id
        let change = try Self.change(detail, wish, roll)
        pinned = (change.requirements ?? detail.specification.requirements).machine
        if !change.isEmpty { steps.append(.change(change)) }
        let present = SimulationStatus(detail.state)
        switch (present, wish.status ?? present) {
        case (.pending, .running): steps.append(.start)
        case (.pending, .finished): steps += [.start, .complete]
        case (.running, .finished): steps.append(.complete)
        case (let present, let wanted) where present == wanted: break
        case (let present, let wanted):
            throw Problem(
                .conflict,
                "wrongState",
                "a simulation that is \(present.rawValue) can't become \(wanted.rawValue)"
            )
        }
    }

    /// What differs of name and machine.
    static func change(_ detail: JobDetail, _ wish: SimulationPatch, _ roll: MachineDirectory) throws(Problem)
        -> JobChange
    {
        var change = JobChange()
        let specification = detail.specification
        if let name = wish.name, specification.attributes[Simulation.nameAttribute] != name {
            change.attributes = specification.attributes
            change.attributes?[Simulation.nameAttribute] = name
        }
        if let machine = wish.machine {
            var pinned = change
            try pin(&pinned, specification, machine, roll)
            if pinned.requirements != specification.requirements { change = pinned }
        }
        return change
    }

    /// Puts the machine that a client names into a change, with the tag by which the simulation is found under it.
    static func pin(
        _ change: inout JobChange,
        _ specification: JobSpecification,
        _ machine: SimulationPatch.Machine,
        _ roll: MachineDirectory
    ) throws(Problem) {
        var requirements = specification.requirements
        let old = requirements.machine.flatMap { roll.number(of: $0) }.map { SimulationListing.tag($0) }
        var tags = specification.tags.filter { $0 != old }
        switch machine {
        case .any: requirements.machine = nil
        case .number(let number):
            requirements.machine = try roll.machine(number).specification.name
            tags.append(SimulationListing.tag(number))
        }
        change.requirements = requirements
        change.tags = tags
    }

    /// Each step's command; the last one carries the client's key, so that a repeated request is known by it.
    func requests(_ context: CommandContext) -> [(Command, CommandContext)] {
        steps.enumerated().map { place, step in
            let isLast = place == steps.count - 1
            let isChange = if case .change = step { true } else { false }
            let key = isLast ? context.idempotencyKey : isChange ? Step.changeKey(context) : nil
            // Checked before; with several commands only the first could meet it.
            let version = steps.count == 1 ? context.expectedVersion : nil
            return (step.command(job), context.with(key: key, expecting: version))
        }
    }

    /// What the engine would say against the first command, and against starting: nothing is done then.
    func refusal(
        _ engine: Engine,
        _ roll: MachineDirectory,
        _ context: CommandContext
    ) async throws -> Refusal? {
        let plain = context.with(key: nil)
        let (job, steps, pinned) = (job, steps, pinned)
        return try await engine.inspect { state in
            for (place, step) in steps.enumerated() where place == 0 || step == .start {
                let refusal = state.refusal(step.command(job), plain)
                guard let refusal else { continue }
                // The job still names the machine that it had; it is judged by the new one below.
                if case .noCapacity = refusal, place > 0 { continue }
                return refusal
            }
            guard steps.contains(.start), let pinned else { return nil }
            let asks = state[job]?.specification.requirements.cpuMillis ?? 0
            return state.machine(pinned)?.fits(asks) ?? false ? nil : .noCapacity(job, machine: pinned)
        }.value
    }
}

extension SimulationPlan.Step {
    func command(_ job: JobID) -> Command {
        switch self {
        case .change(let change): .update(job, change)
        case .start: .start(job, worker: SimulationRoutes.worker, lease: .longest)
        case .complete: .complete(.job(job), result: Payload())
        }
    }

    /// The key of a change that isn't the request's last command: the client's key with a mark.
    static func changeKey(_ context: CommandContext) -> String? {
        context.idempotencyKey.map { $0 + "#change" }
    }
}

extension State {
    /// What would be said against a command now.
    borrowing func refusal(_ command: Command, _ context: CommandContext) -> Refusal? {
        var events: [Event] = []
        do throws(Refusal) {
            _ = try decide(command, context, at: .zero, entropy: 0, into: &events)
            return nil
        } catch {
            return error
        }
    }
}

extension Machine {
    /// Whether a job that asks for so much can start.
    fileprivate func fits(_ cpuMillis: UInt64) -> Bool {
        let (sum, overflow) = leasedCPUMillis.addingReportingOverflow(cpuMillis)
        return status == .available && !overflow && sum <= specification.cpuMillis
    }
}
