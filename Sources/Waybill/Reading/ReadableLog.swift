package import EventLog
import Orchestration

/// The log as its readers see it: what was durable and isn't there any more is damage, never the end.
///
/// In an engine, whoever meets damage says so to the sequencer, which takes nothing more: what it would acknowledge could
/// not be opened again.
struct ReadableLog: Sendable {
    let files: any LogFS
    /// Who writes it in this process.
    private let writer: (inventory: LogInventory, intake: Intake)?

    /// A log that is only looked at.
    init(_ files: any LogFS) {
        self.files = files
        writer = nil
    }

    init(_ files: any LogFS, _ inventory: LogInventory, _ intake: Intake) {
        self.files = files
        writer = (inventory, intake)
    }

    /// Looks whether every file is there, at the cost of some microseconds each.
    func examine() throws(EngineError) {
        guard let writer else { return }
        try noticing { () throws(EngineError) in
            do throws(LogError) { try writer.inventory.examine() } catch { throw .log(error) }
        }
    }

    /// Reads, and reports the damage that it meets; of a file that has gone the error says the name.
    func noticing<Value>(_ read: () throws(EngineError) -> Value) throws(EngineError) -> Value {
        do throws(EngineError) { return try read() } catch {
            guard let writer, let damage = error.damage else { throw error }
            var found = (error: error, damage: damage)
            do throws(LogError) { try writer.inventory.examine() } catch .damaged(let missing) {
                found = (.log(.damaged(missing)), missing)
            } catch {}
            let report = IntakeEntry(.reportDamage(found.damage), from: Caller(number: 0))
            _ = writer.intake.offer(report, weight: 0)
            throw found.error
        }
    }
}

extension EngineError {
    /// Where the log doesn't hold what it must; nil for every other error.
    package var damage: Damage? {
        switch self {
        case .log(.damaged(let damage)), .logFailed(.damaged(let damage)),
            .outcomeUnknown(.damaged(let damage)):
            damage
        case .undecodable(let segment, let offset, let sequence, let error):
            Damage(
                file: segment,
                offset: offset,
                sequence: sequence,
                problem: "an event can't be decoded: \(error)"
            )
        case .misnumbered(let segment, let offset, let sequence):
            Damage(file: segment, offset: offset, sequence: sequence, problem: "its events are others")
        default: nil
        }
    }
}
