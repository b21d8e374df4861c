/// The ready jobs, in one set for each pair of queue and kind.
///
/// The heads of the sets whose queue is open are kept in order too, so that a request for anything costs the same over
/// ten queues and over a hundred thousand, whatever is paused or at its limit.
struct ReadyJobs: Sendable {
    private struct Pair: Hashable, Sendable {
        let queue: UInt32
        let kind: Name
    }

    private(set) var sets: [ReadySet] = []
    /// Of the sets of open queues that have a job to give.
    private(set) var heads = ChunkedSortedSet<ReadyHead>()
    /// Ready jobs in all sets, those behind a limit included.
    private(set) var count = 0
    private var index: [Pair: UInt32] = [:]
    private var byQueue: [UInt32: [UInt32]] = [:]
    private var byKind: [Name: [UInt32]] = [:]
    private var closedQueues: Set<UInt32> = []

    mutating func branch() {
        for set in sets.indices where sets[set].hasLanes { sets[set].branch() }
    }

    /// The set of the pair, made when it is new.
    mutating func set(queue: UInt32, kind: Name) -> UInt32 {
        if let newest = sets.last, newest.queue == queue, newest.kind == kind {
            return UInt32(sets.count - 1)
        }
        let pair = Pair(queue: queue, kind: kind)
        if let known = index[pair] { return known }
        let set = UInt32(sets.count)
        sets.append(ReadySet(queue: queue, kind: kind))
        index[pair] = set
        byQueue[queue, default: []].append(set)
        byKind[kind, default: []].append(set)
        return set
    }

    mutating func insert(_ key: ReadyKey, set: UInt32, lane: Name?, isClosed: Bool) {
        let before = sets[Int(set)].first
        sets[Int(set)].insert(key, lane: lane, isClosed: isClosed)
        count += 1
        moveHead(of: set, from: before)
    }

    mutating func remove(_ key: ReadyKey, set: UInt32, lane: Name?) {
        let (before, held) = (sets[Int(set)].first, sets[Int(set)].count)
        sets[Int(set)].remove(key, lane: lane)
        count -= held - sets[Int(set)].count
        moveHead(of: set, from: before)
    }

    /// Takes all jobs of a queue out of everybody's way, or gives them back.
    mutating func setClosed(_ isClosed: Bool, queue: UInt32) {
        guard isClosed ? closedQueues.insert(queue).inserted : closedQueues.remove(queue) != nil else {
            return
        }
        for set in sets(of: queue) {
            guard let first = sets[Int(set)].first else { continue }
            let head = ReadyHead(key: first, place: set)
            if isClosed { heads.remove(head) } else { heads.insert(head) }
        }
    }

    /// The same for the jobs with one concurrency key in a queue.
    mutating func setClosed(_ isClosed: Bool, queue: UInt32, key: Name) {
        for set in sets(of: queue) {
            let before = sets[Int(set)].first
            sets[Int(set)].setClosed(isClosed, lane: key)
            moveHead(of: set, from: before)
        }
    }

    /// Gives each job of a set, told by its slot, another key.
    mutating func reorder(_ set: UInt32, _ key: (_ slot: UInt32) -> ReadyKey) {
        let before = sets[Int(set)].first
        sets[Int(set)].reorder(key)
        moveHead(of: set, from: before)
    }

    func sets(of queue: UInt32) -> [UInt32] {
        byQueue[queue] ?? []
    }

    func sets(ofKind kind: Name) -> [UInt32] {
        byKind[kind] ?? []
    }

    /// Whether a queue's heads are left out of ``heads``.
    func isClosed(_ queue: UInt32) -> Bool {
        !closedQueues.isEmpty && closedQueues.contains(queue)
    }

    private mutating func moveHead(of set: UInt32, from before: ReadyKey?) {
        let after = sets[Int(set)].first
        guard before != after, !isClosed(sets[Int(set)].queue) else { return }
        if let before { heads.remove(ReadyHead(key: before, place: set)) }
        if let after { heads.insert(ReadyHead(key: after, place: set)) }
    }
}
