public import Orchestration

/// A command and who asks for it.
public struct Request: Sendable, Hashable {
    public var command: Command
    public var context: CommandContext

    public init(_ command: Command, by context: CommandContext) {
        self.command = command
        self.context = context
    }
}
