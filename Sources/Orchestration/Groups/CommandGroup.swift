/// Commands that one caller sends as one, under one context and at most one idempotency key: the context's.
public struct CommandGroup: Sendable, Hashable {
    /// Whether the members stand or fall together.
    public enum Kind: UInt8, Sendable, Hashable {
        /// Decided in order, each on what those before it leave; all or none, and nothing in it waits.
        case together
        /// Decided in order, an outcome each: what one is refused for doesn't touch the others.
        ///
        /// Only the last may be a dispatch that waits, and what came before it doesn't wait with it.
        case each
    }

    /// One of the commands, with what it alone expects.
    public struct Member: Sendable, Hashable {
        /// What is asked.
        public var command: Command
        /// For commands on one job: refused with `versionConflict` unless the job's last sequence is this.
        ///
        /// In a group of kind ``Kind/together`` the members before it count: they may touch the job first.
        public var expectedVersion: UInt64?
        /// Recorded with its events; nil for the group's.
        public var reason: String?

        /// A command, with what it has of its own.
        public init(_ command: Command, expectedVersion: UInt64? = nil, reason: String? = nil) {
            self.command = command
            self.expectedVersion = expectedVersion
            self.reason = reason
        }
    }

    /// How the members stand to each other.
    public let kind: Kind
    /// The commands, in the order in which they are decided.
    public let members: [Member]
    /// Who asks, for all of them.
    ///
    /// Under its key each member takes effect at most once; the same key with another kind, other commands or another
    /// order is refused with `keyReused`. It expects no version: that belongs to a member.
    public let context: CommandContext

    /// Commands under one context and one idempotency key.
    public init(_ kind: Kind, of members: [Member], by context: CommandContext) {
        self.kind = kind
        self.members = members
        guard context.idempotencyKey != nil else {
            self.context = context
            return
        }
        if let request = context.request {
            self.context = context.marked(key: context.idempotencyKey, request)
            return
        }
        var print = Fingerprint()
        // Which no command begins with.
        print.number(1 << 32 | UInt64(kind.rawValue))
        print.list(members) { $0.number($1.command.fingerprint) }
        self.context = context.marked(key: context.idempotencyKey, print.value)
    }
}

extension CommandGroup {
    /// What makes a member one that no such group has, whatever the state is.
    func refusal(of index: Int) -> Refusal? {
        let isKeyed = context.idempotencyKey != nil
        switch members[index].command {
        case .dispatch(let request) where request.wait > .zero && kind == .together:
            return .invalid(
                field: "wait",
                problem: "must be zero: nothing waits in a group that goes together"
            )
        case .dispatch(let request) where request.wait > .zero && index < members.count - 1:
            return .invalid(field: "wait", problem: "must be zero: only the last of a group may wait")
        case .heartbeat where isKeyed:
            return .invalid(
                field: "idempotencyKey",
                problem: "is for what is done once, and a heartbeat is always new"
            )
        default: return nil
        }
    }
}
