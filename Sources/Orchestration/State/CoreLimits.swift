/// Bounds on what one command may carry.
///
/// A command beyond them is refused and leaves no event.
public struct CoreLimits: Sendable, Hashable {
    /// Bytes of one payload, result, error message or attribute value.
    public var payloadBytes: Int
    /// Items of one command: jobs, ids, completions, points, leases asked for.
    public var commandItems: Int
    /// UTF-8 bytes of a name: kind, queue, worker, machine, series, key, tag, label.
    public var nameBytes: Int
    /// Entries of one list inside a specification: tags, attributes, labels, models, error types.
    public var listItems: Int
    /// Whether jobs are created only in queues that were configured before.
    public var mustConfigureQueues: Bool

    /// The usual limits, but for what is named.
    public init(
        payloadBytes: Int = 256 * 1024,
        commandItems: Int = 10_000,
        nameBytes: Int = 256,
        listItems: Int = 256,
        mustConfigureQueues: Bool = false
    ) {
        self.payloadBytes = payloadBytes
        self.commandItems = commandItems
        self.nameBytes = nameBytes
        self.listItems = listItems
        self.mustConfigureQueues = mustConfigureQueues
    }

    /// A lease survives this many openings of the engine in a row; part of what a log means, never to be changed.
    static let rearms: UInt8 = 3
}

extension CoreLimits {
    /// A name that must be there: not empty, not too long, without NUL.
    package func check(name: Name, field: String) throws(Refusal) {
        if name.isEmpty { throw .invalid(field: field, problem: "must not be empty") }
        try check(text: name.text, field: field)
    }

    func check(name: Name?, field: String) throws(Refusal) {
        if let name { try check(name: name, field: field) }
    }

    /// A short text that may be empty.
    func check(text: String, field: String) throws(Refusal) {
        if text.utf8.count > nameBytes { throw .invalid(field: field, problem: "is over \(nameBytes) bytes") }
        if text.hasNUL { throw .invalid(field: field, problem: "contains NUL") }
    }

    func check(names: [Name], field: String) throws(Refusal) {
        if names.count > listItems { throw .invalid(field: field, problem: "has over \(listItems) entries") }
        for name in names { try check(name: name, field: field) }
    }

    func check(attributes: [Name: String]) throws(Refusal) {
        guard !attributes.isEmpty else { return }
        if attributes.count > listItems {
            throw .invalid(field: "attributes", problem: "has over \(listItems) entries")
        }
        // In the order of the keys: which of two faults is named must not hang on a hash seed.
        for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
            try check(name: key, field: "attributes")
            do throws(Refusal) { try check(prose: value, field: key.text) } catch {
                throw error.under("attributes")
            }
        }
    }

    /// A text for people: a reason, a message, the value of an attribute.
    package func check(prose: String, field: String) throws(Refusal) {
        guard prose.utf8.count > payloadBytes else { return }
        throw .invalid(field: field, problem: "is over \(payloadBytes) bytes")
    }

    func check(bytes: Int, field: String) throws(Refusal) {
        if bytes > payloadBytes { throw .payloadTooLarge(field: field, bytes: bytes, limit: payloadBytes) }
    }

    func check(count: Int, field: String) throws(Refusal) {
        if count == 0 { throw .invalid(field: field, problem: "must not be empty") }
        if count > commandItems { throw .invalid(field: field, problem: "has over \(commandItems) items") }
    }

    func check(_ context: CommandContext) throws(Refusal) {
        try check(text: context.actor.text, field: "actor")
        if let key = context.idempotencyKey { try check(name: key, field: "idempotencyKey") }
        if let traceparent = context.traceparent { try check(text: traceparent, field: "traceparent") }
        if let reason = context.reason { try check(prose: reason, field: "reason") }
    }

    func check(_ payload: Payload, field: String) throws(Refusal) {
        try check(bytes: payload.bytes.count, field: field)
        do throws(Refusal) { try check(text: payload.contentType, field: "contentType") } catch {
            throw error.under(field)
        }
    }

    func check(_ failure: Failure) throws(Refusal) {
        try check(name: failure.type, field: "failure.type")
        try check(prose: failure.message, field: "failure.message")
        if let delay = failure.retryAfter, delay < .zero {
            throw .invalid(field: "failure.retryAfter", problem: "must not be negative")
        }
    }

    func check(_ request: DispatchRequest) throws(Refusal) {
        try check(name: request.worker, field: "worker")
        try check(names: request.queues, field: "queues")
        try check(names: request.kinds, field: "kinds")
        try check(name: request.machine, field: "machine")
        if request.wait < .zero { throw .invalid(field: "wait", problem: "must not be negative") }
        if request.max < 1 { throw .invalid(field: "max", problem: "must be at least 1") }
        if request.max > commandItems { throw .invalid(field: "max", problem: "is over \(commandItems)") }
    }

    func check(_ machine: MachineSpecification) throws(Refusal) {
        try check(name: machine.name, field: "name")
        try check(text: machine.gpuModel.text, field: "gpuModel")
        try check(names: machine.labels, field: "labels")
        try check(attributes: machine.attributes)
    }
}

extension String {
    /// Over the bytes where they lie; the general search takes each out one by one.
    fileprivate var hasNUL: Bool {
        utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? utf8.contains(0)
    }
}
