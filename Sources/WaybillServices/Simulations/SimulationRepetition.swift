import Waybill
import WaybillHTTP
import WaybillServer

/// A change that was done before under the same idempotency key: whether it is the same one again.
///
/// Commands of a key that is remembered are answered from memory, or refused because another one had it; none of them
/// does anything.
struct SimulationRepetition: Sendable {
    private let job: JobID
    private let context: CommandContext
    private var status: SimulationPlan.Step?
    /// What of the name and the machine can have been a change then.
    private var changes: [SimulationPlan.Step] = []

    init(
        _ detail: JobDetail,
        _ wish: SimulationPatch,
        _ roll: MachineDirectory,
        _ context: CommandContext
    ) throws(Problem) {
        job = detail.id
        self.context = context
        switch wish.status {
        case .running: status = .start
        case .finished: status = .complete
        case .pending, nil: break
        }
        let specification = detail.specification
        var named = JobChange()
        if let name = wish.name {
            named.attributes = specification.attributes
            named.attributes?[Simulation.nameAttribute] = name
            changes.append(.change(named))
        }
        guard let machine = wish.machine else { return }
        for change in wish.name == nil ? [JobChange()] : [named, JobChange()] {
            var change = change
            try SimulationPlan.pin(&change, specification, machine, roll)
            changes.append(.change(change))
        }
    }

    /// Throws when the key came with something else.
    func check(_ engine: Engine) async throws {
        let last = context.with(key: context.idempotencyKey)
        if let status, try await isKnown([status], last, engine) {
            let first = context.with(key: SimulationPlan.Step.changeKey(context))
            guard try await engine.remembers(first) else { return }
            if try await isKnown(changes, first, engine) { return }
        } else if try await isKnown(changes, last, engine) {
            return
        }
        throw Problem(.keyReused(context.idempotencyKey ?? ""))
    }

    /// Whether one of the commands had the context's key.
    private func isKnown(
        _ steps: [SimulationPlan.Step],
        _ context: CommandContext,
        _ engine: Engine
    ) async throws -> Bool {
        for step in steps {
            do throws(EngineError) {
                _ = try await engine.submit(step.command(job), by: context)
                return true
            } catch {
                guard case .refused(.keyReused) = error else { throw error }
            }
        }
        return false
    }
}
