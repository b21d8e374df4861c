public import Orchestration

/// Dead jobs by what killed them; a job leaves with its redrive, its discarding or its pruning.
///
/// Costs about 100 bytes a dead job and its message, which jobs of a group with equal messages share.
public actor DeadLettersModel: Follower {
    private struct Key: Hashable {
        let kind: UInt32
        let cause: DeadLetter.Cause
        let errorType: Name
        let fingerprint: Name
    }

    private struct Group {
        let key: Key
        var sample: String
        var members = JobBitmap()
        let firstSeen: Timestamp
        var lastSeen: Timestamp
    }

    private struct Letter {
        let group: UInt64
        let diedAt: Timestamp
        let message: String
        let reason: String
    }

    static let mask = ProjectionMask.deadLetters
    let progress: ProjectionWatermark
    var folded: UInt64 = 0
    private let names: JobNames
    private var letters: [JobID: Letter] = [:]
    private var groups: [UInt64: Group] = [:]
    private var order = JobBitmap()
    private var numbers: [Key: UInt64] = [:]
    private var lastNumber: UInt64 = 0
    /// The end of an attempt that the next event may follow from.
    private var lost: (sequence: UInt64, failure: Failure?) = (0, nil)

    init(names: JobNames, _ progress: ProjectionWatermark) {
        self.progress = progress
        self.names = names
    }

    /// Jobs that are dead now.
    public var count: Int { letters.count }

    /// Nil for a job that isn't dead.
    public subscript(id: JobID) -> DeadLetter? {
        guard let letter = letters[id], let key = groups[letter.group]?.key else { return nil }
        return DeadLetter(
            id: id,
            cause: key.cause,
            errorType: key.errorType,
            message: letter.message,
            reason: letter.reason,
            diedAt: letter.diedAt,
            group: letter.group
        )
    }

    /// Groups after `cursor`, in the order in which they were first seen, at most `limit`.
    public func groups(after cursor: UInt64? = nil, limit: Int = 100) -> [DeadLetterGroup] {
        order.members(after: cursor, limit: limit).compactMap(group)
    }

    /// Nil for a group that is empty by now.
    public func group(_ number: UInt64) -> DeadLetterGroup? {
        groups[number].map { group in
            DeadLetterGroup(
                id: number,
                kind: names.kind(group.key.kind),
                cause: group.key.cause,
                errorType: group.key.errorType,
                fingerprint: group.key.fingerprint.text,
                sample: group.sample,
                count: group.members.count,
                firstSeen: group.firstSeen,
                lastSeen: group.lastSeen
            )
        }
    }

    /// Jobs of a group after `cursor`, oldest first, at most `limit`.
    public func page(of group: UInt64, after cursor: JobID? = nil, limit: Int = 100) -> [DeadLetter] {
        guard let members = groups[group]?.members else { return [] }
        return members.members(after: cursor?.rawValue, limit: limit).compactMap { self[JobID($0)] }
    }

    func fold(_ event: Event, _ delta: JobDelta) {
        switch event.body {
        case .attemptFailed(_, _, let failure): lost = (event.sequence, failure)
        case .leaseExpired: lost = (event.sequence, nil)
        case .jobDied(let job, let reason): add(job, reason, delta, event)
        case .jobRedriven, .jobDiscarded, .jobPruned:
            guard delta.before == .dead, let job = event.body.job else { return }
            remove(job)
        default: return
        }
    }

    private func add(_ job: JobID, _ reason: String, _ delta: JobDelta, _ event: Event) {
        // The lost attempt that a death follows from comes right before it; one that was blocked waited in vain.
        let isBlocked = delta.before == .blocked
        let failure = !isBlocked && event.cause == lost.sequence ? lost.failure : nil
        let cause: DeadLetter.Cause =
            if isBlocked { event.cause == 0 ? .parent : .task } else { failure == nil ? .crash : .failure }
        var message = failure?.message.cut(to: DeadLetter.messageBytes) ?? reason
        let key = Key(
            kind: delta.kind,
            cause: cause,
            errorType: failure?.type ?? "",
            fingerprint: Name(MessageFingerprint.of(message))
        )
        let number = number(of: key, event.time)
        // Equal messages share their bytes.
        if let sample = groups[number]?.sample, sample.utf8.elementsEqual(message.utf8) { message = sample }
        groups[number]?.sample = message
        groups[number]?.lastSeen = event.time
        groups[number]?.members.insert(job.rawValue)
        letters[job] = Letter(group: number, diedAt: event.time, message: message, reason: reason)
    }

    private func number(of key: Key, _ time: Timestamp) -> UInt64 {
        if let known = numbers[key] { return known }
        lastNumber += 1
        numbers[key] = lastNumber
        groups[lastNumber] = Group(key: key, sample: "", firstSeen: time, lastSeen: time)
        order.insert(lastNumber)
        return lastNumber
    }

    private func remove(_ job: JobID) {
        guard let number = letters.removeValue(forKey: job)?.group else { return }
        groups[number]?.members.remove(job.rawValue)
        guard let group = groups[number], group.members.isEmpty else { return }
        groups[number] = nil
        numbers[group.key] = nil
        order.remove(number)
    }
}

extension String {
    /// The beginning that fits into so many UTF-8 bytes, whole scalars only: what looks like one character differs from one
    /// version of Unicode to the next.
    fileprivate func cut(to bytes: Int) -> String {
        guard utf8.count > bytes else { return self }
        var end = utf8.index(startIndex, offsetBy: bytes)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
