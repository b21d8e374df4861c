import Orchestration

/// One thing that happens to an engine and its oracle, as a value: a part of a sequence can be played again.
enum TrialStep {
    case command(Command, CommandContext, entropy: UInt64)
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
        case .wait(let span, let limit): ".wait(\(Pasted.text(span)), limit: \(limit))"
        case .late(let span): ".late(\(Pasted.text(span)))"
        case .open(let isServing, let bounds):
            ".open(isServing: \(isServing), \(Pasted.text(bounds)))"
        }
    }
}
