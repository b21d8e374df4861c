/// When a queue whose token bucket is empty can give a job again.
struct Refill: Comparable, Hashable, Sendable {
    let time: Timestamp
    let queue: UInt32

    static func < (left: Refill, right: Refill) -> Bool {
        (left.time, left.queue) < (right.time, right.queue)
    }
}
