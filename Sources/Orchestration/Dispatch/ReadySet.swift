/// The ready jobs of one queue and kind, in one lane for each concurrency key.
///
/// A lane whose key is at its limit is closed: its jobs are kept, and its head is in nobody's way.
struct ReadySet: Sendable {
    struct Lane: Sendable {
        let key: Name?
        var ready = ChunkedSortedSet<ReadyKey>()
        var isClosed = false
    }

    let queue: UInt32
    let kind: Name
    /// The first is for jobs without a key.
    private(set) var lanes = ChunkedArray<Lane>()
    /// Of the open lanes that aren't empty.
    private(set) var heads = ChunkedSortedSet<ReadyHead>()
    /// Jobs in all lanes.
    private(set) var count = 0
    private var byKey = BranchedDictionary<Name, UInt32>()
    private var free = ChunkedArray<UInt32>()

    init(queue: UInt32, kind: Name) {
        self.queue = queue
        self.kind = kind
        lanes.append(Lane(key: nil))
    }

    /// The first job of the open lanes.
    var first: ReadyKey? { heads.first?.key }

    /// Whether some of its jobs have a key.
    var hasLanes: Bool { !byKey.isEmpty }

    mutating func branch() { byKey.branch() }

    /// `isClosed` says whether the key is at its limit, for a lane that begins with this job.
    mutating func insert(_ key: ReadyKey, lane name: Name?, isClosed: Bool) {
        let lane = makeLane(name, isClosed: isClosed)
        let before = lanes[Int(lane)].ready.first
        lanes[Int(lane)].ready.insert(key)
        count += 1
        moveHead(of: lane, from: before)
    }

    mutating func remove(_ key: ReadyKey, lane name: Name?) {
        guard let lane = find(name) else { return }
        let before = lanes[Int(lane)].ready.first
        guard lanes[Int(lane)].ready.remove(key) else { return }
        count -= 1
        moveHead(of: lane, from: before)
        guard let name, lanes[Int(lane)].ready.isEmpty else { return }
        byKey[name] = nil
        free.append(lane)
    }

    /// Closes or opens a key's lane, if it has one.
    mutating func setClosed(_ isClosed: Bool, lane name: Name) {
        guard let lane = byKey[name], lanes[Int(lane)].isClosed != isClosed else { return }
        lanes[Int(lane)].isClosed = isClosed
        guard let first = lanes[Int(lane)].ready.first else { return }
        let head = ReadyHead(key: first, place: lane)
        if isClosed { heads.remove(head) } else { heads.insert(head) }
    }

    /// The slots of its jobs, lane by lane.
    func forEach(_ body: (_ slot: UInt32) -> Void) {
        for lane in 0..<lanes.count { lanes[lane].ready.forEach { body($0.slot) } }
    }

    /// Gives each job, told by its slot, another key.
    mutating func reorder(_ key: (_ slot: UInt32) -> ReadyKey) {
        heads = ChunkedSortedSet()
        for lane in 0..<lanes.count {
            var keys: [ReadyKey] = []
            keys.reserveCapacity(lanes[lane].ready.count)
            lanes[lane].ready.forEach { keys.append(key($0.slot)) }
            lanes[lane].ready = ChunkedSortedSet(keys)
            moveHead(of: UInt32(lane), from: nil)
        }
    }

    private func find(_ name: Name?) -> UInt32? {
        guard let name else { return 0 }
        return byKey[name]
    }

    private mutating func makeLane(_ name: Name?, isClosed: Bool) -> UInt32 {
        guard let name else { return 0 }
        if let known = byKey[name] { return known }
        let fresh = Lane(key: name, isClosed: isClosed)
        let lane: UInt32
        if let vacant = free.popLast() {
            lane = vacant
            lanes[Int(lane)] = fresh
        } else {
            lane = UInt32(lanes.count)
            lanes.append(fresh)
        }
        byKey[name] = lane
        return lane
    }

    private mutating func moveHead(of lane: UInt32, from before: ReadyKey?) {
        guard !lanes[Int(lane)].isClosed else { return }
        let after = lanes[Int(lane)].ready.first
        guard before != after else { return }
        if let before { heads.remove(ReadyHead(key: before, place: lane)) }
        if let after { heads.insert(ReadyHead(key: after, place: lane)) }
    }
}

/// The place of a ready job in the dispatch order: lowest rank, then lowest order.
struct ReadyKey: Comparable, Hashable, Sendable {
    /// When the job would have been created to stand here with priority 0; see ``QueueSpecification/aging``.
    let rank: Int64
    let order: UInt64
    let slot: UInt32

    static func < (left: ReadyKey, right: ReadyKey) -> Bool {
        left.rank != right.rank ? left.rank < right.rank : left.order < right.order
    }
}

/// The first job of something that holds several; ordered like the jobs.
struct ReadyHead: Comparable, Hashable, Sendable {
    let key: ReadyKey
    let place: UInt32

    static func < (left: ReadyHead, right: ReadyHead) -> Bool { left.key < right.key }
}
