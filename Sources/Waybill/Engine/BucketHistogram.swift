/// How often a measure fell between which bounds, with what they add up to.
package struct BucketHistogram: Sendable, Hashable {
    /// Upper bounds, ascending and inclusive.
    package let bounds: [Int64]
    /// One for each bound, and one more for what lies above the last.
    package private(set) var counts: [UInt64]
    package private(set) var sum: Int64 = 0

    /// All measures.
    package var count: UInt64 { counts.reduce(0, +) }

    package init(_ bounds: [Int64]) {
        self.bounds = bounds
        counts = [UInt64](repeating: 0, count: bounds.count + 1)
    }

    package mutating func note(_ measure: Int64) {
        var place = 0
        while place < bounds.count, measure > bounds[place] { place += 1 }
        counts[place] += 1
        sum &+= measure
    }
}
