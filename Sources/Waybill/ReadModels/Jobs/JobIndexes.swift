import Orchestration

/// Where jobs are found by what they have in common.
///
/// Costs less than a byte a job each for state, queue and kind while those are few, and at most about four; for tags and
/// machines only the jobs that have them cost anything.
struct JobIndexes {
    private(set) var states = [JobBitmap](repeating: JobBitmap(), count: JobState.allCases.count + 1)
    private(set) var queues: [JobBitmap] = []
    private(set) var kinds: [JobBitmap] = []
    /// Jobs that run on a machine, or ran there last.
    private(set) var machines: [JobBitmap] = []
    /// Jobs that a worker holds.
    private(set) var workers: [JobBitmap] = []
    private(set) var tags: [Name: JobBitmap] = [:]
    private(set) var held = JobBitmap()
    private var machineOf: [UInt64: UInt32] = [:]
    private var tagsOf: [UInt64: [Name]] = [:]

    mutating func add(_ job: UInt64, _ pair: QueueKindTable.Pair, _ state: JobState) {
        queues.insert(job, at: pair.queue)
        kinds.insert(job, at: pair.kind)
        states[Int(state.rawValue)].insert(job)
    }

    mutating func remove(_ job: UInt64, _ row: JobRow, _ pair: QueueKindTable.Pair) {
        queues[Int(pair.queue)].remove(job)
        kinds[Int(pair.kind)].remove(job)
        states[Int(row.state.rawValue)].remove(job)
        if row.marks.contains(.tagged) { setTags(job, []) }
        if row.marks.contains(.held) { held.remove(job) }
        if row.marks.contains(.placed), let machine = machineOf.removeValue(forKey: job) {
            machines[Int(machine)].remove(job)
        }
    }

    mutating func move(_ job: UInt64, from before: JobState, to after: JobState) {
        states[Int(before.rawValue)].remove(job)
        states[Int(after.rawValue)].insert(job)
    }

    mutating func setHeld(_ job: UInt64, _ isHeld: Bool) {
        if isHeld { held.insert(job) } else { held.remove(job) }
    }

    mutating func setTags(_ job: UInt64, _ new: [Name]) {
        for tag in tagsOf.removeValue(forKey: job) ?? [] {
            tags[tag]?.remove(job)
            if tags[tag]?.isEmpty == true { tags[tag] = nil }
        }
        guard !new.isEmpty else { return }
        tagsOf[job] = new
        for tag in new { tags[tag, default: JobBitmap()].insert(job) }
    }

    mutating func put(_ job: UInt64, on machine: UInt32) {
        if let earlier = machineOf.updateValue(machine, forKey: job) {
            if earlier == machine { return }
            machines[Int(earlier)].remove(job)
        }
        machines.insert(job, at: machine)
    }

    mutating func assign(_ job: UInt64, to worker: UInt32) {
        workers.insert(job, at: worker)
    }

    mutating func unassign(_ job: UInt64, from worker: UInt32) {
        workers[Int(worker)].remove(job)
    }

    func machine(of job: UInt64) -> UInt32? { machineOf[job] }

    func tags(of job: UInt64) -> [Name] { tagsOf[job] ?? [] }
}

extension [JobBitmap] {
    /// Puts the job into the set of that number, which may be new.
    fileprivate mutating func insert(_ job: UInt64, at number: UInt32) {
        while count <= Int(number) { append(JobBitmap()) }
        self[Int(number)].insert(job)
    }
}
