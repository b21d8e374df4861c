/// A short sorted array whose first elements can be dropped without moving the others.
struct SortedChunk<Element: Comparable & Sendable>: Sendable {
    private var items: [Element]
    /// Items before this one are gone.
    private var start = 0

    init(_ element: Element) {
        items = [element]
    }

    private init(items: [Element]) {
        self.items = items
    }

    var count: Int { items.count - start }
    var first: Element { items[start] }
    var last: Element { items[items.count - 1] }

    subscript(offset: Int) -> Element { items[start + offset] }

    /// The offset of the first element that is not below `element`; `count` when all are.
    func lowerBound(of element: Element) -> Int {
        if count > 0, !(items[start] < element) { return 0 }
        var low = start
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low - start
    }

    mutating func append(_ element: Element) {
        if start > 0, items.count == items.capacity { compact() }
        items.append(element)
    }

    mutating func append(contentsOf other: SortedChunk) {
        items.append(contentsOf: other.items[other.start...])
    }

    mutating func insert(_ element: Element, at offset: Int) {
        if start > 0 { compact() }
        items.insert(element, at: offset)
    }

    /// Moves whichever side of the offset is shorter.
    mutating func remove(at offset: Int) {
        let index = start + offset
        guard offset < count / 2 else {
            items.remove(at: index)
            return
        }
        var moving = index
        while moving > start {
            items[moving] = items[moving - 1]
            moving -= 1
        }
        start += 1
    }

    /// Keeps the lower half and returns the upper one.
    mutating func splitHalf() -> SortedChunk {
        compact()
        let middle = items.count / 2
        let upper = Array(items[middle...])
        items.removeSubrange(middle...)
        return SortedChunk(items: upper)
    }

    private mutating func compact() {
        items.removeSubrange(..<start)
        start = 0
    }
}
