/// What an update changes of a live job; nil leaves a thing as it is.
public struct JobChange: Sendable, Hashable {
    /// See ``JobSpecification/priority``.
    public var priority: Int32?
    /// A moment in the past makes a scheduled job ready; one behind ``JobSpecification/expiresAt`` is refused.
    public var runAt: Timestamp?
    /// Replaces all of them.
    public var tags: [Name]?
    /// Replaces all of them.
    public var attributes: [Name: String]?
    /// Replaces all of them.
    public var requirements: Requirements?
    /// Whether the job is kept from being dispatched.
    public var isHeld: Bool?

    /// A change of what is named.
    public init(
        priority: Int32? = nil,
        runAt: Timestamp? = nil,
        tags: [Name]? = nil,
        attributes: [Name: String]? = nil,
        requirements: Requirements? = nil,
        isHeld: Bool? = nil
    ) {
        self.priority = priority
        self.runAt = runAt
        self.tags = tags
        self.attributes = attributes
        self.requirements = requirements
        self.isHeld = isHeld
    }

    /// Whether it changes nothing.
    public var isEmpty: Bool { self == JobChange() }

    /// Whether it changes what only matters to a job that waits.
    var needsWaiting: Bool {
        priority != nil || runAt != nil || tags != nil || requirements != nil || isHeld != nil
    }

    /// The specification as it is after the change.
    public func applied(to specification: JobSpecification) -> JobSpecification {
        var changed = specification
        if let priority { changed.priority = priority }
        if let runAt { changed.runAt = runAt }
        if let tags { changed.tags = tags }
        if let attributes { changed.attributes = attributes }
        if let requirements { changed.requirements = requirements }
        return changed
    }
}
