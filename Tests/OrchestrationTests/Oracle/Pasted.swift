import Orchestration

/// Values as the Swift that makes them, for a failure that somebody wants to paste into a test.
///
/// Read by reflection, so a new field shows up by itself; what is nil, empty or as usual is left out of
/// specifications.
enum Pasted {
    static func text(_ value: Any) -> String {
        switch value {
        case let span as TimeSpan: "Span(nanoseconds: \(span.nanoseconds))"
        case let time as Timestamp: "Timestamp(nanoseconds: \(time.nanoseconds))"
        case let job as JobID: "JobID(\(job.rawValue))"
        case let text as String: text.debugDescription
        case let list as [UInt8]: "\(list)"
        case let number as any BinaryInteger: "\(number)"
        case let number as Double: number.isNaN ? ".nan" : number.isInfinite ? ".infinity" : "\(number)"
        case let flag as Bool: "\(flag)"
        case let context as CommandContext: text(context)
        case let job as JobSpecification: text(job)
        case let group as CommandGroup: text(group)
        default: reflected(value)
        }
    }

    private static func text(_ context: CommandContext) -> String {
        var parts = ["actor: \(text(context.actor))"]
        if let key = context.idempotencyKey { parts.append("idempotencyKey: \(text(key))") }
        if let version = context.expectedVersion { parts.append("expectedVersion: \(version)") }
        return "CommandContext(\(parts.joined(separator: ", ")))"
    }

    private static func text(_ group: CommandGroup) -> String {
        let members = group.members.map { member in
            var parts = [text(member.command)]
            if let version = member.expectedVersion { parts.append("expectedVersion: \(version)") }
            if let reason = member.reason { parts.append("reason: \(text(reason))") }
            return ".init(\(parts.joined(separator: ", ")))"
        }
        let list = members.joined(separator: ", ")
        return "CommandGroup(.\(group.kind), of: [\(list)], by: \(text(group.context)))"
    }

    private static func text(_ job: JobSpecification) -> String {
        let usual = JobSpecification(kind: "")
        var parts = ["kind: \(text(job.kind))", "queue: \(text(job.queue))"]
        func add(_ label: String, _ value: some Equatable, unless other: some Equatable) {
            let (written, left) = (text(value), text(other))
            if written != left { parts.append("\(label): \(written)") }
        }
        add("payload", job.payload, unless: usual.payload)
        add("priority", job.priority, unless: usual.priority)
        add("runAt", job.runAt, unless: usual.runAt)
        add("delay", job.delay, unless: usual.delay)
        add("expiresAt", job.expiresAt, unless: usual.expiresAt)
        add("attributes", job.attributes, unless: usual.attributes)
        add("uniqueKey", job.uniqueKey, unless: usual.uniqueKey)
        add("uniqueWindow", job.uniqueWindow, unless: usual.uniqueWindow)
        add("onClash", job.onClash, unless: usual.onClash)
        add("concurrencyKey", job.concurrencyKey, unless: usual.concurrencyKey)
        add("requirements", job.requirements, unless: usual.requirements)
        add("retry", job.retry, unless: usual.retry)
        add("timeouts", job.timeouts, unless: usual.timeouts)
        add("after", job.after, unless: usual.after)
        add("onParentFailure", job.onParentFailure, unless: usual.onParentFailure)
        add("onTaskFailure", job.onTaskFailure, unless: usual.onTaskFailure)
        return "JobSpecification(\(parts.joined(separator: ", ")))"
    }

    private static func reflected(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { text($0.value) } ?? "nil"
        case .collection: return "[\(mirror.children.map { text($0.value) }.joined(separator: ", "))]"
        case .dictionary:
            let pairs = mirror.children.map { child in
                Mirror(reflecting: child.value).children.map { text($0.value) }.joined(separator: ": ")
            }
            return pairs.isEmpty ? "[:]" : "[\(pairs.sorted().joined(separator: ", "))]"
        case .enum:
            guard let payload = mirror.children.first else { return ".\(value)" }
            let inner = Mirror(reflecting: payload.value)
            let values =
                inner.displayStyle == .tuple
                ? inner.children.map(labelled).joined(separator: ", ") : text(payload.value)
            return ".\(payload.label ?? "")(\(values))"
        default:
            return "\(mirror.subjectType)(\(mirror.children.map(labelled).joined(separator: ", ")))"
        }
    }

    private static func labelled(_ child: Mirror.Child) -> String {
        guard let label = child.label, !label.hasPrefix("."), !label.isEmpty else { return text(child.value) }
        return "\(label): \(text(child.value))"
    }
}
