/// The events of one command while they are being decided.
struct EventBuilder {
    let time: Timestamp
    let context: CommandContext
    /// The sequence of the command's first event, or of its group's.
    private(set) var first: UInt64
    private let member: UInt32
    private(set) var next: UInt64
    /// Jobs that it creates so far.
    var born: UInt64 = 0
    var random: SplitMix
    private var workers = LinkOverlay()
    private var machines = LinkOverlay()
    var events: [Event]

    init(
        _ context: CommandContext,
        at time: Timestamp,
        after sequence: UInt64,
        member: UInt32 = 0,
        of command: UInt64? = nil,
        entropy: UInt64,
        events: [Event]
    ) {
        self.context = context
        self.time = time
        first = command ?? sequence + 1
        self.member = member
        next = sequence + 1
        random = SplitMix(seed: entropy)
        self.events = events
    }

    /// What is emitted from here on belongs to another command: each timer is one of its own.
    mutating func startCommand() {
        first = next
    }

    /// Appends an event; a command's later events name what they follow from in `cause`.
    mutating func emit(_ body: Event.Body, _ links: BackLinks, cause: UInt64 = 0) {
        events.append(
            Event(
                sequence: next,
                time: time,
                command: first,
                member: member,
                cause: cause,
                context: context,
                links: links,
                body: body
            )
        )
        next += 1
    }

    /// The links of an event that starts or ends a lease; the event must be the next one emitted.
    mutating func links(_ slot: UInt32, _ state: borrowing State) -> BackLinks {
        var links = BackLinks(job: state.jobs[slot].lastSequence)
        let worker = state.jobs[slot].worker
        if worker != JobRecord.none {
            links.worker = touch(worker: worker, known: state.workers[worker].lastSequence)
        }
        let machine = state.jobs[slot].machine
        if machine != JobRecord.none {
            links.machine = touch(machine: machine, known: state.machines[machine].lastSequence)
        }
        return links
    }

    /// The worker's previous event, when the next of its events touches it too.
    mutating func touch(worker: UInt32, known: UInt64) -> UInt64 {
        workers.touch(worker, known: known, by: next)
    }

    mutating func touch(machine: UInt32, known: UInt64) -> UInt64 {
        machines.touch(machine, known: known, by: next)
    }

    func refuseExpectedVersion() throws(Refusal) {
        if context.expectedVersion != nil {
            throw .invalid(field: "expectedVersion", problem: "belongs to commands on one job")
        }
    }
}

/// The last events of subjects as they will be once what was built is applied.
///
/// Almost every command touches one worker and one machine: the newest subject costs no hashing.
struct LinkOverlay {
    private var newest = UInt32.max
    private var sequence: UInt64 = 0
    private var others: [UInt32: UInt64] = [:]

    /// Returns the subject's previous event (`known` to the state, or an earlier one that was built).
    mutating func touch(_ subject: UInt32, known: UInt64, by event: UInt64) -> UInt64 {
        defer { sequence = event }
        if subject == newest { return sequence }
        if newest != UInt32.max { others[newest] = sequence }
        newest = subject
        return others[subject] ?? known
    }
}
