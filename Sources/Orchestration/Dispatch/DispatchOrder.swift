/// Reads the ready jobs of some lanes in the one merged order, without changing them.
struct DispatchOrder {
    private struct Cursor {
        var key: ReadyKey
        let lane: UInt32
        var position: SortedRun<ReadyKey>.Position
    }

    /// The lanes being read, the one with the first job last.
    private var cursors: [Cursor] = []
    /// Where to find the next lane to begin with; used when every lane is wanted.
    private var nextHead = SortedRun<LaneHead>.Position()
    private var head: LaneHead?

    /// Nil for `lanes` reads them all.
    init(_ ready: borrowing ReadyLanes, lanes: [UInt32]?) {
        if let lanes {
            for lane in lanes { begin(lane, in: ready) }
        } else {
            head = ready.heads.next(&nextHead)
        }
    }

    mutating func next(in ready: borrowing ReadyLanes) -> ReadyKey? {
        if let head, cursors.last.map({ head.key < $0.key }) ?? true {
            begin(head.lane, in: ready)
            self.head = ready.heads.next(&nextHead)
        }
        guard var cursor = cursors.popLast() else { return nil }
        let key = cursor.key
        if let following = ready.lanes[Int(cursor.lane)].ready.next(&cursor.position) {
            cursor.key = following
            place(cursor)
        }
        return key
    }

    private mutating func begin(_ lane: UInt32, in ready: borrowing ReadyLanes) {
        var position = SortedRun<ReadyKey>.Position()
        guard let key = ready.lanes[Int(lane)].ready.next(&position) else { return }
        place(Cursor(key: key, lane: lane, position: position))
    }

    private mutating func place(_ cursor: Cursor) {
        var low = 0
        var high = cursors.count
        while low < high {
            let middle = (low + high) / 2
            if cursor.key < cursors[middle].key { low = middle + 1 } else { high = middle }
        }
        cursors.insert(cursor, at: low)
    }
}
