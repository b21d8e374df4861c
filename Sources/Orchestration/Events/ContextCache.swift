/// The newest context that was read: a run of events mostly has one actor and nothing else, and shares the object.
struct ContextCache {
    private var newest = CommandContext.engine

    mutating func context(actor: String) -> CommandContext {
        // Byte by byte: equal texts may be written in more than one way.
        if newest.actor.utf8.elementsEqual(actor.utf8) { return newest }
        newest = CommandContext(actor: actor)
        return newest
    }
}
