/// Keys of requests for work: each is remembered as long as one of the leases that it was answered with lives.
///
/// A repetition is answered with those; once they are over there is nothing left to answer, and nothing to remember. So
/// they are never more than there are leases, and count as nothing.
struct LeasedKeys: Sendable {
    struct Request: Sendable {
        var command: RememberedCommand
        let actor: KeyDigest
        var live: Int
    }

    private(set) var requests: [KeyDigest: Request] = [:]
    /// By the counters of the leases' tokens.
    private var keys: [UInt64: KeyDigest] = [:]

    var isEmpty: Bool { keys.isEmpty }

    func find(_ digest: KeyDigest) -> RememberedCommand? {
        requests[digest]?.command
    }

    /// A lease that was granted to a request.
    mutating func grant(_ digest: KeyDigest, of actor: KeyDigest, _ event: Event) {
        if requests[digest] == nil {
            requests[digest] = Request(command: RememberedCommand(event), actor: actor, live: 1)
        } else {
            requests[digest]?.command.record(event)
            requests[digest]?.live += 1
        }
        keys[event.sequence] = digest
    }

    /// Some lease is over.
    mutating func end(_ counter: UInt64) {
        guard let digest = keys.removeValue(forKey: counter), let request = requests[digest] else { return }
        if request.live == 1 { requests[digest] = nil } else { requests[digest]?.live -= 1 }
    }

    /// A key of which more was asked than leases.
    mutating func remove(_ digest: KeyDigest) -> Request? {
        guard let request = requests.removeValue(forKey: digest) else { return nil }
        for sequence in request.command.run.sequences { keys[sequence] = nil }
        return request
    }
}
