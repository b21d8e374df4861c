import DequeModule

/// A sorted set of distinct elements, cheap at its two ends.
///
/// Chunks of at most ``capacity`` elements in a deque. Appending at the end and removing the first are O(1);
/// other insertions and removals are two binary searches and a move inside one chunk, so the cost does not
/// follow the size of the set. Reading in order changes nothing.
package struct ChunkedSortedSet<Element: Comparable & Sendable>: Sendable {
    /// Elements of one chunk at most.
    static var capacity: Int { 512 }

    private var chunks = Deque<SortedChunk<Element>>()
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }
    var first: Element? { chunks.first?.first }

    /// A place in the order; any change of the set invalidates it.
    struct Position: Sendable {
        var chunk = 0
        var offset = 0
    }

    /// The element at the position, which then moves to the next one; nil at the end.
    func next(_ position: inout Position) -> Element? {
        guard position.chunk < chunks.count else { return nil }
        let element = chunks[position.chunk][position.offset]
        position.offset += 1
        if position.offset == chunks[position.chunk].count {
            position = Position(chunk: position.chunk + 1, offset: 0)
        }
        return element
    }

    package init() {}

    /// The elements, each of which stands once in the list.
    init(_ elements: [Element]) {
        for element in elements.sorted() { insert(element) }
    }

    /// In order, those above `element` or all, at most `limit`.
    package func elements(after element: Element?, limit: Int) -> [Element] {
        guard limit > 0, let last = chunks.last?.last else { return [] }
        var position = Position()
        if let element {
            guard element < last else { return [] }
            position.chunk = chunkIndex(of: element)
            position.offset = chunks[position.chunk].lowerBound(of: element)
            if chunks[position.chunk][position.offset] == element { _ = next(&position) }
        }
        var found: [Element] = []
        found.reserveCapacity(min(limit, count))
        while found.count < limit, let element = next(&position) { found.append(element) }
        return found
    }

    /// In order.
    func forEach(_ body: (Element) -> Void) {
        var position = Position()
        while let element = next(&position) { body(element) }
    }

    /// False when it is there already.
    @discardableResult
    package mutating func insert(_ element: Element) -> Bool {
        guard let last = chunks.last?.last else {
            chunks.append(SortedChunk(element))
            count = 1
            return true
        }
        if last < element {
            appendLast(element)
            return true
        }
        let chunk = chunkIndex(of: element)
        let offset = chunks[chunk].lowerBound(of: element)
        guard chunks[chunk][offset] != element else { return false }
        if chunks[chunk].count == Self.capacity {
            split(chunk)
            return insert(element)
        }
        chunks[chunk].insert(element, at: offset)
        count += 1
        return true
    }

    /// False when it is not there.
    @discardableResult
    mutating func remove(_ element: Element) -> Bool {
        guard let last = chunks.last?.last, element <= last else { return false }
        let chunk = first.map { $0 == element } == true ? 0 : chunkIndex(of: element)
        let offset = chunks[chunk].lowerBound(of: element)
        guard chunks[chunk][offset] == element else { return false }
        chunks[chunk].remove(at: offset)
        count -= 1
        rebalance(chunk)
        return true
    }

    private mutating func appendLast(_ element: Element) {
        let end = chunks.count - 1
        if chunks[end].count == Self.capacity {
            chunks.append(SortedChunk(element))
        } else {
            chunks[end].append(element)
        }
        count += 1
    }

    /// The first chunk whose last element is not below `element`; one must exist.
    private func chunkIndex(of element: Element) -> Int {
        var low = 0
        var high = chunks.count - 1
        while low < high {
            let middle = (low + high) / 2
            if chunks[middle].last < element { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func split(_ chunk: Int) {
        let upper = chunks[chunk].splitHalf()
        chunks.insert(upper, at: chunk + 1)
    }

    /// Drops an empty chunk, and joins a small one with its successor, so that memory follows the count.
    private mutating func rebalance(_ chunk: Int) {
        let size = chunks[chunk].count
        if size == 0 {
            chunks.remove(at: chunk)
        } else if size <= Self.capacity / 8, chunk + 1 < chunks.count,
            chunks[chunk + 1].count <= Self.capacity / 2
        {
            let successor = chunks.remove(at: chunk + 1)
            chunks[chunk].append(contentsOf: successor)
        }
    }
}

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
