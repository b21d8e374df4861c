import EventLog
import Orchestration
import TestSupport
import Waybill

/// Who waits for an answer of a simulated engine, and what each was told.
struct SimulatedCallers {
    /// What a caller asked for.
    enum Asked {
        case command(Command, CommandContext)
        case group(CommandGroup)
        case time
        /// Tells that the log isn't whole.
        case report(Damage)
    }

    private var waiting: [UInt64: Asked] = [:]
    private var newest: UInt64 = 0
    /// Who asked for work and said that it would wait.
    private var patient: [UInt64] = []
    /// Keys that were used before: what is said again is as old as the first time, and may be undone by now.
    private var usedKeys: Set<Name>
    private var repeated: Set<UInt64> = []

    /// `events` are those of earlier lives, whose keys are known.
    init(after events: [Event]) {
        usedKeys = Set(events.compactMap(\.context.idempotencyKey))
    }

    /// Callers without an answer.
    var count: Int { waiting.count }

    mutating func entry(_ asked: Asked) -> IntakeEntry {
        newest += 1
        waiting[newest] = asked
        let request: IntakeEntry.Request
        switch asked {
        case .command(let command, let context):
            if let key = context.idempotencyKey, !usedKeys.insert(key).inserted { repeated.insert(newest) }
            if case .dispatch(let dispatch) = command, dispatch.wait > .zero { patient.append(newest) }
            request = .command(command, context)
        case .group(let group):
            if let key = group.context.idempotencyKey, !usedKeys.insert(key).inserted {
                repeated.insert(newest)
            }
            if case .dispatch(let dispatch)? = group.members.last?.command, dispatch.wait > .zero {
                patient.append(newest)
            }
            request = .group(group)
        case .time: request = .readClock
        case .report(let damage): request = .reportDamage(damage)
        }
        return IntakeEntry(request, from: Caller(number: newest))
    }

    mutating func advance(by span: TimeSpan) -> IntakeEntry {
        newest += 1
        waiting[newest] = .time
        return IntakeEntry(.advanceBy(span), from: Caller(number: newest))
    }

    /// The entry by which somebody who may still wait for work leaves; nil when nobody does.
    mutating func departure(_ random: inout SeededRandom) -> IntakeEntry? {
        patient.removeAll { waiting[$0] == nil }
        guard let number = random.element(of: patient) else { return nil }
        return IntakeEntry(.leave(number), from: Caller(number: 0))
    }

    /// What a caller of an answer asked for; nil for one who has an answer already, or never asked.
    func asked(_ answer: Answer) -> Asked? { waiting[answer.caller.number] }

    /// Nil when the answer is of a command that was given before.
    func isRepeated(_ answer: Answer) -> Bool { repeated.contains(answer.caller.number) }

    /// Takes the caller off the list; false when it isn't on it.
    mutating func answer(_ answer: Answer) -> Bool {
        repeated.remove(answer.caller.number)
        return waiting.removeValue(forKey: answer.caller.number) != nil
    }
}
