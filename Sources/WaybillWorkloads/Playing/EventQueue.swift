import HeapModule
import Orchestration

/// Steps by time; equal times in the order in which they were added.
struct EventQueue<Step: Sendable>: Sendable {
    private struct Entry: Comparable, Sendable {
        let at: TimeSpan
        let order: Int
        let step: Step

        static func < (left: Entry, right: Entry) -> Bool { (left.at, left.order) < (right.at, right.order) }
        static func == (left: Entry, right: Entry) -> Bool { left.order == right.order }
    }

    private var heap = Heap<Entry>()
    private var added = 0

    var next: TimeSpan? { heap.min?.at }

    mutating func add(_ step: Step, at moment: TimeSpan) {
        heap.insert(Entry(at: moment, order: added, step: step))
        added += 1
    }

    /// The next step that is due at `now`.
    mutating func take(dueAt now: TimeSpan) -> Step? {
        guard let entry = heap.min, entry.at <= now else { return nil }
        return heap.removeMin().step
    }
}
