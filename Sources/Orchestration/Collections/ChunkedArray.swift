/// An array in chunks: growth never moves what is there, and a copy shares all chunks that don't change.
struct ChunkedArray<Element: Sendable>: Sendable {
    /// Elements of one chunk.
    private static var capacity: Int { 1024 }

    private var chunks: [[Element]] = []
    private(set) var count = 0

    subscript(index: Int) -> Element {
        _read { yield chunks[index / Self.capacity][index % Self.capacity] }
        _modify { yield &chunks[index / Self.capacity][index % Self.capacity] }
    }

    mutating func append(_ element: Element) {
        if count == chunks.count * Self.capacity {
            chunks.append([])
            chunks[chunks.count - 1].reserveCapacity(Self.capacity)
        }
        chunks[count / Self.capacity].append(element)
        count += 1
    }

    /// Keeps the memory.
    mutating func popLast() -> Element? {
        guard count > 0 else { return nil }
        count -= 1
        return chunks[count / Self.capacity].removeLast()
    }
}
