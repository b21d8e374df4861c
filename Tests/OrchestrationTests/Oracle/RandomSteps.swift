import Orchestration
import TestSupport

/// Draws what happens next: commands for the most part, time, restarts, and callers who say a thing twice.
struct RandomSteps {
    private var commands: RandomCommands
    /// Commands that came with a key, the newest last.
    private var keyed: [(command: Command, context: CommandContext)] = []

    init(seed: UInt64) {
        commands = RandomCommands(seed: seed)
    }

    mutating func next(_ bench: CoreFixture) -> TrialStep {
        switch commands.chance.below(60) {
        case 0...8: return .wait(span(), limit: commands.chance.oneIn(3) ? 1 : 100)
        case 9: return .late(span())
        case 10:
            guard commands.chance.oneIn(4) else { return repeated(bench) }
            let window = TimeSpan.seconds(commands.chance.oneIn(3) ? 20 : 90)
            let bounds = IdempotencyBounds(window: window, count: 1 + commands.chance.below(6))
            return .open(isServing: !commands.chance.oneIn(4), bounds)
        case 11, 12: return repeated(bench)
        default: return fresh(bench)
        }
    }

    private mutating func fresh(_ bench: CoreFixture) -> TrialStep {
        let command = commands.next(bench)
        let context = commands.context(bench)
        if context.idempotencyKey != nil { keyed.append((command, context)) }
        return .command(command, context, entropy: commands.chance.next())
    }

    /// The same key again, mostly with the same command.
    private mutating func repeated(_ bench: CoreFixture) -> TrialStep {
        let recent = keyed.suffix(6)
        guard let (command, context) = recent.randomElement(using: &commands.chance) else {
            return fresh(bench)
        }
        let other = commands.chance.oneIn(5) ? commands.next(bench) : command
        return .command(other, context, entropy: commands.chance.next())
    }

    /// Mostly whole seconds, so that moments meet; now and then so much that everything is over.
    private mutating func span() -> TimeSpan {
        switch commands.chance.below(20) {
        case 0: .seconds(Int64(commands.chance.below(120)))
        case 1...5: .milliseconds(Int64(commands.chance.below(3000)))
        case 6: .seconds(-1)
        default: .seconds(Int64(commands.chance.below(9)))
        }
    }
}
