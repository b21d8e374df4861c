import Orchestration
import TestSupport

/// Draws what happens next: commands for the most part, time, restarts, and callers who say a thing twice.
struct RandomSteps {
    private var commands: RandomCommands
    /// Commands that came with a key, the newest last.
    private var keyed: [(command: Command, context: CommandContext)] = []
    /// Groups of which a repetition, or the answer to a last dispatch, may still come.
    private var groups: [CommandGroup] = []
    private let drawsGroups: Bool

    init(seed: UInt64, drawsGroups: Bool = true) {
        commands = RandomCommands(seed: seed)
        self.drawsGroups = drawsGroups
    }

    mutating func next(_ core: CoreFixture) -> TrialStep {
        if drawsGroups, commands.chance.oneIn(5) { return group(core) }
        switch commands.chance.below(60) {
        case 0...8: return .wait(span(), limit: commands.chance.oneIn(3) ? 1 : 100)
        case 9: return .late(span())
        case 10:
            guard commands.chance.oneIn(4) else { return repeated(core) }
            let window = TimeSpan.seconds(commands.chance.oneIn(3) ? 20 : 90)
            let bounds = IdempotencyBounds(window: window, count: 1 + commands.chance.below(6))
            return .open(isServing: !commands.chance.oneIn(4), bounds)
        case 11, 12: return repeated(core)
        default: return fresh(core)
        }
    }

    private mutating func fresh(_ core: CoreFixture) -> TrialStep {
        let command = commands.next(core)
        let context = commands.context(core)
        if context.idempotencyKey != nil { keyed.append((command, context)) }
        return .command(command, context, entropy: commands.chance.next())
    }

    /// The same key again, mostly with the same command.
    private mutating func repeated(_ core: CoreFixture) -> TrialStep {
        let recent = keyed.suffix(6)
        guard let (command, context) = recent.randomElement(using: &commands.chance) else {
            return fresh(core)
        }
        let other = commands.chance.oneIn(5) ? commands.next(core) : command
        return .command(other, context, entropy: commands.chance.next())
    }

    /// A new group, or one that was there: again, its last member alone, or in another form.
    private mutating func group(_ core: CoreFixture) -> TrialStep {
        let entropy = commands.chance.next()
        let known = groups.suffix(3).randomElement(using: &commands.chance)
        guard let known, !commands.chance.oneIn(3) else {
            let group = commands.group(core)
            if (try? core.state.check(group, at: core.now)) != nil { groups.append(group) }
            return step(group, entropy)
        }
        switch commands.chance.below(6) {
        case 0...1 where known.kind == .each:
            return .each(known, members: known.members.count - 1..<known.members.count, entropy: entropy)
        case 2: return step(commands.another(known), entropy)
        default: return step(known, entropy)
        }
    }

    private mutating func step(_ group: CommandGroup, _ entropy: UInt64) -> TrialStep {
        guard group.kind == .each else { return .together(group, entropy: entropy) }
        let isCutOff = commands.chance.oneIn(6)
        let count = isCutOff ? commands.chance.below(3) : group.members.count
        return .each(group, members: 0..<count, entropy: entropy)
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
