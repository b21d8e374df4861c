import DequeModule
import Orchestration

/// Since when the ready jobs of a queue wait: moments with a count, oldest first.
///
/// Jobs become ready in the order of time, so that all but those that were held join at the end. At most 16 bytes a
/// ready job; those that became ready at one moment share them.
struct WaitingLine {
    private struct Moment {
        let time: Int64
        var count: Int
    }

    private var moments: Deque<Moment> = []
    /// Moments without a job, which are never the first.
    private var vacant = 0
    /// How many moments there were at most since the line was empty.
    private var longest = 0

    var oldest: Timestamp? { moments.first.map { Timestamp(nanoseconds: $0.time) } }

    mutating func join(since time: Timestamp) {
        longest = max(longest, moments.count + 1)
        guard let last = moments.last, last.time >= time.nanoseconds else {
            return moments.append(Moment(time: time.nanoseconds, count: 1))
        }
        let index = index(of: time.nanoseconds)
        guard moments[index].time == time.nanoseconds else {
            return moments.insert(Moment(time: time.nanoseconds, count: 1), at: index)
        }
        if moments[index].count == 0 { vacant -= 1 }
        moments[index].count += 1
    }

    mutating func leave(since time: Timestamp) {
        let index = moments.first?.time == time.nanoseconds ? 0 : index(of: time.nanoseconds)
        guard index < moments.count, moments[index].time == time.nanoseconds, moments[index].count > 0
        else { return }
        moments[index].count -= 1
        if moments[index].count == 0 { vacant += 1 }
        while moments.first?.count == 0 {
            moments.removeFirst()
            vacant -= 1
        }
        if moments.isEmpty, longest > 32 {
            // A long line that has gone leaves no room behind.
            moments = []
            longest = 0
        }
        if vacant > 64, vacant > moments.count / 2 {
            moments.removeAll { $0.count == 0 }
            vacant = 0
        }
    }

    /// The first whose moment is not earlier.
    private func index(of time: Int64) -> Int {
        var low = 0
        var high = moments.count
        while low < high {
            let middle = (low + high) / 2
            if moments[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
