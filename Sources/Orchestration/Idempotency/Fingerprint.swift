/// What tells two bodies under one idempotency key apart: FNV-1a with 64 bits (Fowler, Noll and Vo) over a command's
/// fields.
///
/// It guards against mistakes, not against an enemy: whoever finds two commands with one fingerprint gets the answer of
/// the own, earlier one.
struct Fingerprint {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    private mutating func byte(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    mutating func number(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes in
            for each in bytes { byte(each) }
        }
    }

    mutating func bytes(_ bytes: some Collection<UInt8>) {
        number(UInt64(bytes.count))
        for each in bytes { byte(each) }
    }

    mutating func text(_ text: String) {
        bytes(text.utf8)
    }

    mutating func name(_ name: Name) { text(name.text) }

    mutating func list<Element>(_ items: [Element], _ write: (inout Fingerprint, Element) -> Void) {
        number(UInt64(items.count))
        for item in items { write(&self, item) }
    }

    /// A message in its protobuf form, which is canonical.
    mutating func message(capacity: Int, _ write: (inout WireWriter) -> Void) {
        var encoded: [UInt8] = []
        WireWriter.append(capacity: capacity, to: &encoded) { $0.message(1, write) }
        bytes(encoded)
    }
}

extension Command {
    /// Equal for equal commands, in every process.
    ///
    /// How long a dispatch waits is no part of it: that doesn't change what is decided.
    var fingerprint: UInt64 {
        var print = Fingerprint()
        switch self {
        case .create(let job): print.job(1, job)
        case .createMany(let jobs): print.jobs(2, jobs)
        case .createWithTasks(let job, let tasks):
            print.job(30, job)
            print.jobs(30, tasks)
        case .suggest(let job): print.job(3, job)
        case .suggestMany(let jobs): print.jobs(4, jobs)
        case .approve(let jobs): print.jobs(5, jobs)
        case .reject(let jobs): print.jobs(6, jobs)
        case .update(let job, let change):
            print.jobs(7, [job])
            print.message(capacity: WireBound.change(change)) { $0.change(change) }
        case .hold(let jobs): print.jobs(8, jobs)
        case .unhold(let jobs): print.jobs(9, jobs)
        case .cancel(let jobs, let isForced): print.jobs(isForced ? 31 : 10, jobs)
        case .addPoints(let job, let series, let points): print.points(11, job, series, points)
        case .redrive(let redrive): print.redrive(12, redrive)
        case .rerun(let revival): print.jobs(13, [revival.job])
        case .discard(let jobs): print.jobs(14, jobs)
        case .prune(let jobs): print.jobs(15, jobs)
        case .dispatch(let request): print.dispatch(16, request)
        case .start(let job, let worker, let lease):
            print.jobs(17, [job])
            print.name(worker)
            print.span(lease)
        case .heartbeat: print.number(18)
        case .complete(let holder, let result):
            print.number(19)
            print.completion(Completion(holder, result: result))
        case .completeMany(let list):
            print.number(20)
            print.list(list) { $0.completion($1) }
        case .fail(let holder, let failure): print.failure(21, holder, failure)
        case .snooze(let holder, let span):
            print.number(22)
            print.holder(holder)
            print.span(span)
        case .release(let holder):
            print.number(23)
            print.holder(holder)
        case .registerWorker(let worker):
            print.number(24)
            print.message(capacity: WireBound.worker(worker)) { $0.worker(worker) }
        case .drainWorker(let name): print.names(25, [name])
        case .configureQueue(let queue):
            print.number(26)
            print.message(capacity: WireBound.queue(queue)) { $0.queue(queue) }
        case .setQueueStatus(let name, let status): print.names(27, [name, "\(status.rawValue)"])
        case .registerMachine(let machine, let isNew):
            print.number(isNew ? 30 : 28)
            print.message(capacity: WireBound.machine(machine)) { $0.machine(machine) }
        case .setMachineStatus(let name, let status): print.names(29, [name, "\(status.rawValue)"])
        }
        return print.value
    }
}

extension Fingerprint {
    fileprivate mutating func job(_ kind: UInt64, _ specification: JobSpecification) {
        number(kind)
        self.specification(specification)
    }

    /// As it would be recorded, and what is resolved before it is.
    private mutating func specification(_ specification: JobSpecification) {
        message(capacity: WireBound.specification(specification)) { $0.specification(specification) }
        if let delay = specification.delay { span(delay) }
    }

    fileprivate mutating func jobs(_ kind: UInt64, _ specifications: [JobSpecification]) {
        number(kind)
        list(specifications) { $0.specification($1) }
    }

    fileprivate mutating func jobs(_ kind: UInt64, _ jobs: [JobID]) {
        number(kind)
        list(jobs) { $0.number($1.rawValue) }
    }

    fileprivate mutating func names(_ kind: UInt64, _ names: [Name]) {
        number(kind)
        list(names) { $0.name($1) }
    }

    fileprivate mutating func span(_ span: TimeSpan?) {
        number(UInt64(bitPattern: span?.nanoseconds ?? -1))
    }

    fileprivate mutating func holder(_ holder: Holder) {
        switch holder {
        case .lease(let token):
            number(token.epoch)
            number(token.counter)
        case .job(let job):
            number(.max)
            number(job.rawValue)
        }
    }

    fileprivate mutating func completion(_ completion: Completion) {
        holder(completion.holder)
        payload(completion.result)
    }

    fileprivate mutating func payload(_ payload: Payload) {
        text(payload.contentType)
        bytes(payload.bytes)
    }

    fileprivate mutating func failure(_ kind: UInt64, _ speaker: Holder, _ failure: Failure) {
        number(kind)
        holder(speaker)
        name(failure.type)
        text(failure.message)
        number(failure.isRetryable ? 1 : 0)
        span(failure.retryAfter)
    }

    fileprivate mutating func points(_ kind: UInt64, _ job: JobID, _ series: Name, _ points: [Point]) {
        number(kind)
        number(job.rawValue)
        name(series)
        list(points) { print, point in
            print.number(point.step)
            print.number(UInt64(bitPattern: point.time.nanoseconds))
            print.number(point.value.bitPattern)
        }
    }

    fileprivate mutating func dispatch(_ kind: UInt64, _ request: DispatchRequest) {
        number(kind)
        name(request.worker)
        list(request.queues) { $0.name($1) }
        list(request.kinds) { $0.name($1) }
        number(UInt64(bitPattern: Int64(request.max)))
        name(request.machine ?? "")
    }

    /// By what the caller says, not by what the log tells of the jobs.
    fileprivate mutating func redrive(_ kind: UInt64, _ redrive: Redrive) {
        jobs(kind, redrive.revivals.map(\.job))
        number(redrive.approves ? 1 : 0)
        guard let patch = redrive.patch else { return }
        payload(patch)
    }
}
