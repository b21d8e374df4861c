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
    /// What the next page begins behind; nil on the last.
    private let next: Next?
    /// How many items there are on all pages.
    private let count: Int?
    /// The same, by state.
    private let counts: JobCounts?

    package init(
        _ items: some Sequence<Item>,
        next: Next?,
        count: Int? = nil,
        counts: JobCounts? = nil
    ) {
        self.items = Array(items)
        self.next = next
        self.count = count
        self.counts = counts
    }

    package func write(to json: inout JSONWriter) {
        json.field(Item.listName, items)
        json.orNull("next", next)
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
