/// What the command of an idempotency key, or the group of commands, left in the log: what its answer is derived from.
///
/// 40 bytes, and no other memory where one command created jobs or took leases.
struct RememberedCommand: Sendable, Hashable {
    let fingerprint: UInt32
    /// Of its first event; the key's window begins here.
    let time: Timestamp
    private(set) var run: EventRun

    init(fingerprint: UInt32, time: Timestamp, run: EventRun) {
        (self.fingerprint, self.time, self.run) = (fingerprint, time, run)
    }

    /// Begins with the event, the first that is remembered of its command.
    init(_ event: Event) {
        fingerprint = Self.fold(event.context.fingerprint)
        time = event.time
        let isAlone = event.member == 0 && event.command == event.sequence
        run = isAlone ? EventRun(event) : EventRun(groupOf: event)
    }

    /// What is kept of a fingerprint.
    static func fold(_ fingerprint: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: fingerprint ^ fingerprint >> 32)
    }

    /// The sequence of the first event.
    var command: UInt64 { run.first }

    /// What one command of a group wrote, or a command that came alone, as member 0; nil for nothing.
    func run(of member: UInt32) -> EventRun? {
        guard case .members(let members) = run.content else { return member == 0 ? run : nil }
        let index = members.index(of: member)
        return index < members.count && members[index].index == member ? members[index].run : nil
    }

    /// Whether the event can be the next one of this command: what one member writes stands in one piece.
    func accepts(_ event: Event) -> Bool {
        guard event.command == command else { return false }
        return run(of: event.member).map { $0.sequences.upperBound == event.sequence } ?? true
    }

    /// Adds an event that it accepts.
    mutating func record(_ event: Event) {
        run.record(event)
    }
}

/// Events of one command, which stand one after the other, with what they tell; a group's holds those of its members.
struct EventRun: Sendable, Hashable {
    struct Completed: Sendable, Hashable {
        let job: JobID
        let token: LeaseToken
    }

    struct Listed: Sendable, Hashable {
        let job: UInt64
        let isExisting: Bool
    }

    struct Member: Sendable, Hashable {
        let index: UInt32
        fileprivate(set) var run: EventRun
    }

    enum Content: Sendable, Hashable {
        case other
        /// The first of the jobs that it created; several have successive numbers.
        case jobs(first: UInt64)
        /// The job that it was answered with, and didn't create.
        case found(UInt64)
        /// The jobs of a list, an event each, where not all of them were created.
        case listed([Listed])
        /// The jobs that it completed, in order, each with its lease.
        case completed([Completed])
        /// Only the members that wrote something, by their index.
        case members([Member])
    }

    // In this order it takes 24 bytes.
    let first: UInt64
    private(set) var content = Content.other
    private var count: UInt32 = 1

    init(first: UInt64, _ content: Content, count: UInt32) {
        (self.first, self.content, self.count) = (first, content, count)
    }

    fileprivate init(_ event: Event) {
        first = event.sequence
        read(event.body)
    }

    fileprivate init(groupOf event: Event) {
        first = event.command
        content = .members([Member(index: event.member, run: EventRun(event))])
    }

    /// Of a command's own events; a group's stand with its members.
    var sequences: Range<UInt64> { first..<first + UInt64(count) }

    /// What the command answered at a place of its list, or alone.
    func job(at place: Int) -> JobID {
        switch content {
        case .jobs(let first): JobID(first + UInt64(place))
        case .found(let job): JobID(job)
        case .listed(let list) where place < list.count: JobID(list[place].job)
        default: JobID(0)
        }
    }

    /// Whether that job was there before.
    func isExisting(at place: Int) -> Bool {
        switch content {
        case .found: true
        case .listed(let list): place < list.count && list[place].isExisting
        default: false
        }
    }

    var completed: [Completed] {
        if case .completed(let list) = content { list } else { [] }
    }

    fileprivate mutating func record(_ event: Event) {
        switch content {
        case .members(var members):
            // Given up before it is changed, so that nothing is copied.
            content = .other
            let index = members.index(of: event.member)
            if index < members.count, members[index].index == event.member {
                members[index].run.extend(event.body)
            } else {
                members.insert(Member(index: event.member, run: EventRun(event)), at: index)
            }
            content = .members(members)
        case _ where event.member != 0:
            content = .members([
                Member(index: 0, run: self), Member(index: event.member, run: EventRun(event)),
            ])
        default:
            extend(event.body)
        }
    }

    private mutating func extend(_ body: Event.Body) {
        count += 1
        read(body)
    }

    private mutating func read(_ body: Event.Body) {
        switch body {
        case .jobCreated(let job, _), .suggestionMade(let job, _):
            read(Listed(job: job.rawValue, isExisting: false))
        case .jobFound(let job): read(Listed(job: job.rawValue, isExisting: true))
        case .jobSucceeded(let job, let token, _):
            var list = completed
            content = .other
            list.append(Completed(job: job, token: token))
            content = .completed(list)
        default: break
        }
    }

    private mutating func read(_ item: Listed) {
        switch content {
        case .jobs where !item.isExisting: break
        case .jobs, .found:
            let before = (0..<Int(count) - 1).map {
                Listed(job: job(at: $0).rawValue, isExisting: isExisting(at: $0))
            }
            content = .listed(before + [item])
        case .listed(var list):
            content = .other
            list.append(item)
            content = .listed(list)
        default: content = item.isExisting ? .found(item.job) : .jobs(first: item.job)
        }
    }
}

extension [EventRun.Member] {
    /// Where the member stands, or would.
    fileprivate func index(of index: UInt32) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
