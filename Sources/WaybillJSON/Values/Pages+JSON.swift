package import JSONText
package import Orchestration

/// A value of which there are lists.
package protocol JSONListed: JSONObject {
    /// What its list is called.
    static var listName: String { get }
}

/// All that there are.
package struct JSONCollection<Item: JSONListed>: JSONObject {
    private let items: [Item]

    package init(_ items: [Item]) {
        self.items = items
    }

    package func write(to json: inout JSONWriter) {
        json.field(Item.listName, items)
    }
}

/// A page of a list.
package struct JSONPage<Item: JSONListed, Next: JSONRepresentable>: JSONObject {
    private let items: [Item]
    private let mostBytes: Int
    /// What the page behind so many items begins behind; nil where nothing follows.
    private let next: (Int) -> Next?
    /// How many items there are on all pages.
    private let count: Int?
    /// The same, by state.
    private let counts: JobCounts?

    package init(_ items: some Sequence<Item>, next: Next?, count: Int? = nil) {
        self.init(items, atMost: .max, count: count) { _ in next }
    }

    /// A page that ends sooner where its items take more than so many bytes, after one of them at least.
    ///
    /// - Parameter next: What the page behind so many of the items begins behind.
    package init(
        _ items: some Sequence<Item>,
        atMost mostBytes: Int,
        count: Int? = nil,
        counts: JobCounts? = nil,
        next: @escaping (Int) -> Next?
    ) {
        self.items = Array(items)
        self.mostBytes = mostBytes
        self.next = next
        self.count = count
        self.counts = counts
    }

    package func write(to json: inout JSONWriter) {
        let shown = json.list(Item.listName, items, atMost: mostBytes)
        json.orNull("next", next(shown))
        json.optional("count", count)
        json.optional("counts", counts)
    }
}

/// The number of jobs in each of the eight states.
package struct JobCounts: JSONObject {
    private let count: (JobState) -> Int

    package init(_ count: @escaping (JobState) -> Int) {
        self.count = count
    }

    package func write(to json: inout JSONWriter) {
        for state in JobState.allCases { json.field(state.name, count(state)) }
    }
}
