import Orchestration

/// One thing that happens to an engine and its oracle, as a value: a part of a sequence can be played again.
enum TrialStep {
    case command(Command, CommandContext, entropy: UInt64)
    case together(CommandGroup, entropy: UInt64)
    /// One by one; a crash may end the group early, and a last one that waits is asked for again.
    case each(CommandGroup, members: Range<Int>, entropy: UInt64)
    /// Time passes, and timers with it, so many jobs a round.
    case wait(TimeSpan, limit: Int)
    /// Time passes, and nobody looks at the timers.
    case late(TimeSpan)
    /// The process ends, and another one folds the log.
    case open(isServing: Bool, IdempotencyBounds)
}

extension TrialStep: CustomStringConvertible {
    /// Swift that makes the step.
    var description: String {
        switch self {
        case .command(let command, let context, let entropy):
            ".command(\(Pasted.text(command)), \(Pasted.text(context)), entropy: \(entropy))"
        case .together(let group, let entropy): ".together(\(Pasted.text(group)), entropy: \(entropy))"
        case .each(let group, let members, let entropy):
            ".each(\(Pasted.text(group)), members: \(members), entropy: \(entropy))"
        case .wait(let span, let limit): ".wait(\(Pasted.text(span)), limit: \(limit))"
        case .late(let span): ".late(\(Pasted.text(span)))"
        case .open(let isServing, let bounds):
            ".open(isServing: \(isServing), \(Pasted.text(bounds)))"
        }
    }
}
