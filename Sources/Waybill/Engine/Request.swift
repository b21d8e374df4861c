package import Orchestration

/// A command and who asks for it.
package struct Request: Sendable, Hashable {
    package var command: Command
    package var context: CommandContext

    package init(_ command: Command, by context: CommandContext) {
        self.command = command
        self.context = context
    }
}
