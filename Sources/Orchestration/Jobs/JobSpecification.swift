/// What a caller says of a job when it is created or suggested.
///
/// Opaque to the engine where it can be: the payload is bytes with a content type. A value with one reference
/// inside: command, event, state and lease of one job share it, and a copy costs one retain.
public struct JobSpecification: Hashable, Sendable {
    struct Basics: Hashable, Sendable {
        var kind: Name = ""
        var queue: Name = ""
        var payload: [UInt8] = []
        var contentType = ""
        // In an order that leaves no gap: what is kept of each waiting job fits into 128 bytes.
        var runAt: Timestamp?
        var priority: Int32 = 0
        var expiresAt: Timestamp?
        var tags: [Name] = []
        var attributes: [Name: String] = [:]
        var uniqueKey: Name?
        /// 0 for none.
        var parent: UInt64 = 0
    }

    // Unchecked: its fields change only in `alter`, when a single specification holds it.
    final class Storage: @unchecked Sendable {
        var basics: Basics
        var terms: JobTerms

        init(basics: Basics, terms: JobTerms) {
            self.basics = basics
            self.terms = terms
        }
    }

    private(set) var storage: Storage

    init(basics: Basics, terms: JobTerms) {
        storage = Storage(basics: basics, terms: terms)
    }

    /// A job of a kind; everything else has a default.
    ///
    /// Each parameter is described at the property of its name.
    public init(
        kind: Name,
        queue: Name = "default",
        payload: [UInt8] = [],
        contentType: String = "",
        priority: Int32 = 0,
        runAt: Timestamp? = nil,
        delay: TimeSpan? = nil,
        expiresAt: Timestamp? = nil,
        tags: [Name] = [],
        attributes: [Name: String] = [:],
        uniqueKey: Name? = nil,
        uniqueWindow: TimeSpan? = nil,
        onClash: ClashRule = .refuse,
        concurrencyKey: Name? = nil,
        fairnessKey: Name? = nil,
        fairnessWeight: UInt32 = 1,
        requirements: Requirements = Requirements(),
        retry: RetryPolicy = RetryPolicy(),
        timeouts: Timeouts = Timeouts(),
        source: Name? = nil,
        confidence: Double? = nil,
        after: [JobID] = [],
        onParentFailure: ParentFailureRule = .fail,
        onTaskFailure: ParentFailureRule = .fail
    ) {
        let basics = Basics(
            kind: kind,
            queue: queue,
            payload: payload,
            contentType: contentType,
            runAt: runAt,
            priority: priority,
            expiresAt: expiresAt,
            tags: tags,
            attributes: attributes,
            uniqueKey: uniqueKey
        )
        let terms = JobTerms.Values(
            concurrencyKey: concurrencyKey,
            fairnessKey: fairnessKey,
            fairnessWeight: fairnessWeight,
            requirements: requirements,
            retry: retry,
            timeouts: timeouts,
            source: source,
            confidence: confidence,
            after: after,
            onParentFailure: onParentFailure,
            onTaskFailure: onTaskFailure,
            uniqueWindow: uniqueWindow,
            delay: delay,
            onClash: onClash
        )
        storage = Storage(basics: basics, terms: .holding(terms))
    }

    private mutating func alter(_ change: (inout Basics) -> Void) {
        if !isKnownUniquelyReferenced(&storage) {
            storage = Storage(basics: storage.basics, terms: storage.terms)
        }
        change(&storage.basics)
    }

    private mutating func alterTerms(_ change: (inout JobTerms.Values) -> Void) {
        var values = storage.terms.values
        change(&values)
        storage = Storage(basics: storage.basics, terms: .holding(values))
    }

    public static func == (left: JobSpecification, right: JobSpecification) -> Bool {
        left.storage === right.storage
            || (left.storage.basics == right.storage.basics && left.storage.terms == right.storage.terms)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(storage.basics)
        hasher.combine(storage.terms)
    }
}

extension JobSpecification {
    /// What sort of work it is; workers may take only some kinds.
    public var kind: Name {
        get { storage.basics.kind }
        set { alter { $0.kind = newValue } }
    }
    /// Where it waits; workers may take from some queues only.
    public var queue: Name {
        get { storage.basics.queue }
        set { alter { $0.queue = newValue } }
    }
    /// What the worker gets, opaque to the engine; its size is capped by ``CoreLimits/payloadBytes``.
    public var payload: [UInt8] {
        get { storage.basics.payload }
        set { alter { $0.payload = newValue } }
    }
    /// What the payload is, such as `application/json`; empty when nobody says.
    public var contentType: String {
        get { storage.basics.contentType }
        set { alter { $0.contentType = newValue } }
    }
    /// Higher runs first; 0 is usual.
    public var priority: Int32 {
        get { storage.basics.priority }
        set { alter { $0.priority = newValue } }
    }
    /// Not before this moment.
    public var runAt: Timestamp? {
        get { storage.basics.runAt }
        set { alter { $0.runAt = newValue } }
    }
    /// Not before so long from the moment at which the engine decides the command; instead of ``runAt``, which it is
    /// recorded as.
    ///
    /// So who repeats a command under its idempotency key says the same, and waits no longer.
    public var delay: TimeSpan? {
        get { storage.terms.values.delay }
        set { alterTerms { $0.delay = newValue } }
    }
    /// A job that is still proposed or waiting at this moment is cancelled with reason `expired`; it can't lie before
    /// ``runAt``.
    public var expiresAt: Timestamp? {
        get { storage.basics.expiresAt }
        set { alter { $0.expiresAt = newValue } }
    }
    /// Short texts that jobs are found by.
    public var tags: [Name] {
        get { storage.basics.tags }
        set { alter { $0.tags = newValue } }
    }
    /// Free key/value texts, kept in the order of their keys.
    public var attributes: [Name: String] {
        get { storage.basics.attributes }
        set { alter { $0.attributes = newValue } }
    }
    /// While a job with this key is open, and as long as its ``uniqueWindow`` lasts, no other one gets it.
    ///
    /// Compared byte for byte, over all queues and kinds.
    public var uniqueKey: Name? {
        get { storage.basics.uniqueKey }
        set { alter { $0.uniqueKey = newValue } }
    }
    /// How long from its creation, or last redrive, the key stays taken, even when the job has ended by then; nil for no
    /// longer than it is open.
    ///
    /// It needs a ``uniqueKey``.
    public var uniqueWindow: TimeSpan? {
        get { storage.terms.values.uniqueWindow }
        set { alterTerms { $0.uniqueWindow = newValue } }
    }
    /// What becomes of this job when its key is taken; ``ClashRule/existing`` needs a ``uniqueKey``.
    public var onClash: ClashRule {
        get { storage.terms.values.onClash }
        set { alterTerms { $0.onClash = newValue } }
    }
    /// Jobs of a queue with one key run at most ``QueueSpecification/keyConcurrency`` at once.
    public var concurrencyKey: Name? {
        get { storage.terms.values.concurrencyKey }
        set { alterTerms { $0.concurrencyKey = newValue } }
    }
    /// Recorded, and not yet honoured: whose share of a queue the job is taken from.
    public var fairnessKey: Name? {
        get { storage.terms.values.fairnessKey }
        set { alterTerms { $0.fairnessKey = newValue } }
    }
    /// Recorded, and not yet honoured: the share of its key against others'; 1 is usual.
    public var fairnessWeight: UInt32 {
        get { storage.terms.values.fairnessWeight }
        set { alterTerms { $0.fairnessWeight = newValue } }
    }
    /// What it needs of a machine.
    public var requirements: Requirements {
        get { storage.terms.values.requirements }
        set { alterTerms { $0.requirements = newValue } }
    }
    /// What becomes of an attempt that fails.
    public var retry: RetryPolicy {
        get { storage.terms.values.retry }
        set { alterTerms { $0.retry = newValue } }
    }
    /// How long a lease, an attempt and the whole of the job may last.
    public var timeouts: Timeouts {
        get { storage.terms.values.timeouts }
        set { alterTerms { $0.timeouts = newValue } }
    }
    /// For suggestions: who proposed it.
    public var source: Name? {
        get { storage.terms.values.source }
        set { alterTerms { $0.source = newValue } }
    }
    /// For suggestions: how sure the source is, 0…1.
    public var confidence: Double? {
        get { storage.terms.values.confidence }
        set { alterTerms { $0.confidence = newValue } }
    }
    /// Jobs that have to succeed before this one is ready.
    public var after: [JobID] {
        get { storage.terms.values.after }
        set { alterTerms { $0.after = newValue } }
    }
    /// What becomes of this job when one of those ends without success.
    public var onParentFailure: ParentFailureRule {
        get { storage.terms.values.onParentFailure }
        set { alterTerms { $0.onParentFailure = newValue } }
    }
    /// For a job with tasks: what becomes of it when one of them dies or is cancelled.
    public var onTaskFailure: ParentFailureRule {
        get { storage.terms.values.onTaskFailure }
        set { alterTerms { $0.onTaskFailure = newValue } }
    }
    /// How many tasks the job was created with; their numbers follow its own.
    ///
    /// Set by the core; ``Command/create(_:)`` and its like pass over it.
    public package(set) var taskCount: UInt32 {
        get { storage.terms.values.taskCount }
        set { alterTerms { $0.taskCount = newValue } }
    }
    /// The job that this one is a task of.
    ///
    /// Set by the core; ``Command/create(_:)`` and its like pass over it.
    public package(set) var parent: JobID? {
        get { storage.basics.parent == 0 ? nil : JobID(storage.basics.parent) }
        set { alter { $0.parent = newValue?.rawValue ?? 0 } }
    }
    /// The job that this one repeats; set by a rerun.
    public internal(set) var rerunOf: JobID? {
        get { storage.terms.values.rerunOf }
        set { alterTerms { $0.rerunOf = newValue } }
    }
}

extension JobSpecification {
    /// As it is recorded when it is decided at a moment: with the moment for the ``delay``.
    package func resolved(at now: Timestamp) -> JobSpecification {
        guard storage.terms !== JobTerms.standard, let delay else { return self }
        var resolved = self
        resolved.delay = nil
        resolved.runAt = now + delay
        return resolved
    }
}

/// What becomes of a new job whose unique key is taken.
public enum ClashRule: UInt8, CaseIterable, Sendable {
    /// It is refused as a duplicate; the refusal names the job that has the key.
    case refuse = 1
    /// Nothing is created, and the answer is the job that has the key.
    case existing = 2
}

/// What becomes of a blocked job when a job that it waits for ends without success.
public enum ParentFailureRule: UInt8, CaseIterable, Sendable {
    /// It dies too.
    case fail = 1
    /// It goes on as if that job had succeeded.
    case ignore = 2
    /// It waits until that job is redriven and succeeds.
    case wait = 3
}
