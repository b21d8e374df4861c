import EventLog
import Orchestration
import TestSupport
import Waybill

/// What callers are told, and what that promises.
extension SimulatedEngine {
    /// What the answers promise that go out when the batch is durable.
    func promises(of batch: PendingBatch) -> [Acknowledgement] {
        var promises: [Acknowledgement] = []
        for answer in batch.answers where !callers.isRepeated(answer) {
            switch (callers.asked(answer), answer.reply) {
            case (.command(let command, _)?, .success(.committed(let result))):
                promises += promised(command, result)
            case (.group(let group)?, .success(.outcomes(let outcomes))):
                for (index, outcome) in outcomes.enumerated() {
                    guard case .success(let result) = outcome else { continue }
                    promises += promised(group.members[index].command, result, member: index, of: group)
                }
            case (.group(let group)?, .success(.together(let results))):
                for (index, result) in results.value.enumerated() {
                    let result = Committed(result, sequence: results.sequence)
                    promises += promised(group.members[index].command, result, member: index, of: group)
                }
            default: break
            }
        }
        return promises
    }

    private func promised(
        _ command: Command,
        _ result: Committed<CommandResult>,
        member: Int = 0,
        of group: CommandGroup? = nil
    ) -> [Acknowledgement] {
        // The last event of the command, if it wrote one, is the last one of the state that answered it.
        let before = events.prefix(Int(result.sequence))
        var own = before.suffix(
            from: before.lastIndex { $0.command != before.last?.command }.map { $0 + 1 } ?? 0
        )
        var at = result.sequence
        if let group, group.kind == .together || group.context.idempotencyKey != nil {
            // What a later member did comes after this one's answer, though both are told at once.
            if let later = own.first(where: { $0.member > member }) { at = later.sequence - 1 }
            own = ArraySlice(own.filter { $0.member == member })
        }
        return Acknowledgement.of(command, result.value, own, at: at)
    }

    func tell(_ answer: Answer, isFresh: Bool) throws(Stop) {
        let asked = callers.asked(answer)
        guard callers.answer(answer) else {
            throw Stop("caller \(answer.caller.number) is told twice, or never asked: \(answer.reply)")
        }
        if let sequence = answer.sequence, sequence > writer.lastSequence || !oracle.isPromised(sequence) {
            throw Stop("a caller is told of \(sequence), which isn't durable")
        }
        switch asked {
        case .command(let command, _)?: tell(command, answer.reply)
        case .group(let group)?:
            counts.groups += 1
            switch answer.reply {
            case .success(.outcomes(let outcomes)):
                for (member, outcome) in zip(group.members, outcomes) {
                    tell(member.command, outcome.map { .committed($0) })
                }
            case .success(.together(let results)):
                for (member, result) in zip(group.members, results.value) {
                    tell(member.command, .success(.committed(Committed(result, sequence: results.sequence))))
                }
            case .failure(.refused(let refusal)):
                counts.refusals += 1
                trace?("  a group → refused(\(refusal))")
            case .failure(.noSpace): counts.noRoom += 1
            default: break
            }
        default:
            if case .failure(.noSpace) = answer.reply { counts.noRoom += 1 }
        }
    }

    private func tell(_ command: Command, _ reply: Result<SequencerReply, EngineError>) {
        counts.commands += 1
        switch reply {
        case .success(.committed(let result)):
            trace?("  \(command)".prefix(160) + " → answered(\(result.value))")
        case .failure(.refused(let refusal)):
            counts.refusals += 1
            trace?("  \(command)".prefix(160) + " → refused(\(refusal))")
        case .failure(.noSpace):
            counts.noRoom += 1
            trace?("  \(command)".prefix(160) + " → no room")
        case .success(let reply): trace?("  \(command)".prefix(160) + " → \(reply)")
        case .failure(let error): trace?("  \(command)".prefix(160) + " → \(error)")
        }
    }
}

extension Answer {
    /// The last sequence that it rests on.
    fileprivate var sequence: UInt64? {
        switch reply {
        case .success(.committed(let result)): result.sequence
        case .success(.outcomes(let outcomes)):
            outcomes.compactMap { outcome in
                if case .success(let result) = outcome { result.sequence } else { nil }
            }.max()
        case .success(.sequence(let sequence)): sequence
        default: nil
        }
    }
}
