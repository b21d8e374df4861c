/// The ready jobs, in one lane for each pair of queue and kind.
///
/// The heads of all lanes that aren't empty are kept in order too, so that a request for anything costs the same
/// over ten lanes and over a hundred thousand.
struct ReadyLanes: Sendable {
    struct Name: Hashable, Sendable {
        let queue: String
        let kind: String
    }

    struct Lane: Sendable {
        let name: Name
        var ready = SortedRun<ReadyKey>()
    }

    private var index: [Name: UInt32] = [:]
    private var byQueue: [String: [UInt32]] = [:]
    private var byKind: [String: [UInt32]] = [:]
    private(set) var lanes: [Lane] = []
    private(set) var heads = SortedRun<LaneHead>()
    /// Ready jobs in all lanes.
    private(set) var count = 0

    /// The lane of the pair, made when it is new.
    mutating func lane(queue: String, kind: String) -> UInt32 {
        let name = Name(queue: queue, kind: kind)
        if let newest = lanes.last, newest.name == name { return UInt32(lanes.count - 1) }
        if let known = index[name] { return known }
        let lane = UInt32(lanes.count)
        lanes.append(Lane(name: name))
        index[name] = lane
        byQueue[queue, default: []].append(lane)
        byKind[kind, default: []].append(lane)
        return lane
    }

    mutating func insert(_ key: ReadyKey, lane: UInt32) {
        let head = lanes[Int(lane)].ready.first
        lanes[Int(lane)].ready.insert(key)
        count += 1
        if let head, head < key { return }
        if let head { heads.remove(LaneHead(key: head, lane: lane)) }
        heads.insert(LaneHead(key: key, lane: lane))
    }

    mutating func remove(_ key: ReadyKey, lane: UInt32) {
        let wasHead = lanes[Int(lane)].ready.first == key
        guard lanes[Int(lane)].ready.remove(key) else { return }
        count -= 1
        guard wasHead else { return }
        heads.remove(LaneHead(key: key, lane: lane))
        if let head = lanes[Int(lane)].ready.first { heads.insert(LaneHead(key: head, lane: lane)) }
    }

    /// The lanes that a request names, each once, in no meaning order; nil when it names none and so wants all.
    func matching(queues: [String], kinds: [String]) -> [UInt32]? {
        if queues.isEmpty && kinds.isEmpty { return nil }
        var found: [UInt32] = []
        if queues.isEmpty {
            for kind in kinds { found += byKind[kind] ?? [] }
        } else {
            for queue in queues { found += byQueue[queue] ?? [] }
            if !kinds.isEmpty { found.removeAll { !kinds.contains(lanes[Int($0)].name.kind) } }
        }
        guard found.count > 1 else { return found }
        found.sort()
        return found.indices.compactMap { $0 > 0 && found[$0] == found[$0 - 1] ? nil : found[$0] }
    }
}

/// The first ready job of one lane; ordered like the jobs.
struct LaneHead: Comparable, Hashable, Sendable {
    let key: ReadyKey
    let lane: UInt32

    static func < (left: LaneHead, right: LaneHead) -> Bool { left.key < right.key }
}
