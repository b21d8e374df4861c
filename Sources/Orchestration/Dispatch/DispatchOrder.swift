/// Reads the ready jobs of some sets in the one merged order, without changing them.
///
/// A set, and a lane in it, is begun only when the order gets to its head: what is read costs as much as what is taken.
struct DispatchOrder {
    private enum Source {
        /// The heads of all open sets; the cursor's head is the next one to begin.
        case sets(ChunkedSortedSet<ReadyHead>.Position)
        /// The heads of one set's open lanes.
        case lanes(set: UInt32, ChunkedSortedSet<ReadyHead>.Position)
        /// The jobs of one lane.
        case jobs(set: UInt32, ChunkedSortedSet<ReadyKey>.Position)
    }

    private struct Cursor {
        var head: ReadyHead
        var source: Source
    }

    /// The one with the first job last.
    private var cursors: [Cursor] = []
    /// The lane of the job given out last, which goes on unless it is skipped.
    private var current: Cursor?
    private var skipped: [UInt32] = []

    /// Every set that is open.
    init(_ ready: borrowing ReadyJobs) {
        var position = ChunkedSortedSet<ReadyHead>.Position()
        guard let head = ready.heads.next(&position) else { return }
        cursors.append(Cursor(head: head, source: .sets(position)))
    }

    /// These sets, each named once, open or not.
    init(_ ready: borrowing ReadyJobs, sets: [UInt32]) {
        for set in sets { begin(set, in: ready) }
    }

    /// Adds the set, which must not be among those that are read.
    mutating func begin(_ set: UInt32, in ready: borrowing ReadyJobs) {
        var position = ChunkedSortedSet<ReadyHead>.Position()
        guard let head = ready.sets[Int(set)].heads.next(&position) else { return }
        insert(Cursor(head: head, source: .lanes(set: set, position)))
    }

    /// The next job, and the set that it is in.
    mutating func next(in ready: borrowing ReadyJobs) -> (key: ReadyKey, set: UInt32)? {
        if let cursor = current { advance(cursor, in: ready) }
        current = nil
        while let cursor = cursors.popLast() {
            switch cursor.source {
            case .sets:
                advance(cursor, in: ready)
                begin(cursor.head.place, in: ready)
            case .lanes(let set, _):
                if skipped.contains(ready.sets[Int(set)].queue) { continue }
                advance(cursor, in: ready)
                begin(lane: cursor.head.place, of: set, in: ready)
            case .jobs(let set, _):
                if skipped.contains(ready.sets[Int(set)].queue) { continue }
                current = cursor
                return (cursor.head.key, set)
            }
        }
        return nil
    }

    /// Leaves out what else is in the lane of the job given out last.
    mutating func skipLane() {
        current = nil
    }

    /// Leaves out what else is in a queue.
    mutating func skip(queue: UInt32) {
        skipped.append(queue)
    }

    private mutating func begin(lane: UInt32, of set: UInt32, in ready: borrowing ReadyJobs) {
        var position = ChunkedSortedSet<ReadyKey>.Position()
        guard let key = ready.sets[Int(set)].lanes[Int(lane)].ready.next(&position) else { return }
        insert(Cursor(head: ReadyHead(key: key, place: lane), source: .jobs(set: set, position)))
    }

    /// Puts the cursor back in front of its next job; drops it at the end.
    private mutating func advance(_ cursor: Cursor, in ready: borrowing ReadyJobs) {
        switch cursor.source {
        case .sets(var position):
            guard let head = ready.heads.next(&position) else { return }
            insert(Cursor(head: head, source: .sets(position)))
        case .lanes(let set, var position):
            guard let head = ready.sets[Int(set)].heads.next(&position) else { return }
            insert(Cursor(head: head, source: .lanes(set: set, position)))
        case .jobs(let set, var position):
            let lane = cursor.head.place
            guard let key = ready.sets[Int(set)].lanes[Int(lane)].ready.next(&position) else { return }
            insert(Cursor(head: ReadyHead(key: key, place: lane), source: .jobs(set: set, position)))
        }
    }

    private mutating func insert(_ cursor: Cursor) {
        var low = 0
        var high = cursors.count
        while low < high {
            let middle = (low + high) / 2
            if cursor.head < cursors[middle].head { low = middle + 1 } else { high = middle }
        }
        cursors.insert(cursor, at: low)
    }
}
