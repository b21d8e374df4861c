import Orchestration

/// The foremost jobs by their last change among those that it is shown, at most `limit`.
struct ChangeRanking {
    private let order: ChangeOrder
    private let limit: Int
    private let cursor: ChangeCursor?
    private var best: [ChangeCursor] = []
    /// The last of the foremost as of the last cut: nothing behind it can come in.
    private var bar: ChangeCursor?

    init(_ order: ChangeOrder, after cursor: ChangeCursor?, limit: Int) {
        self.order = order
        self.cursor = cursor
        self.limit = limit
    }

    mutating func see(_ place: ChangeCursor) {
        if let cursor, !isBefore(cursor, place) { return }
        if let bar, !isBefore(place, bar) { return }
        best.append(place)
        if best.count >= 4 * limit { cut() }
    }

    /// Whether a job that changed at this moment, or further back in the order, could still come in.
    mutating func mayTake(_ changed: Int64) -> Bool {
        if best.count >= limit, bar == nil { cut() }
        guard let bar else { return true }
        return order == .lastChangedFirst
            ? changed >= bar.changedAt.nanoseconds : changed <= bar.changedAt.nanoseconds
    }

    /// In order.
    mutating func finish() -> [ChangeCursor] {
        cut()
        return best
    }

    private mutating func cut() {
        best.sort(by: isBefore)
        if best.count > limit { best.removeLast(best.count - limit) }
        if best.count == limit { bar = best.last }
    }

    private func isBefore(_ left: ChangeCursor, _ right: ChangeCursor) -> Bool {
        order == .lastChangedFirst ? left > right : left < right
    }
}
