public import Orchestration

/// Events that pass a filter, in log order, live: what `for try await` walks over until the engine closes.
///
/// A slow reader costs no memory: it reads on from the log. What is remembered of jobs and leases is bounded, a few
/// megabytes at most.
public struct FilteredEventStream: AsyncSequence, Sendable {
    /// Some events, and where to go on after them.
    public struct Element: Sendable, Hashable {
        /// Never empty.
        public let events: [Event]
        /// After all that was looked at, events that didn't pass included.
        public let cursor: Cursor
    }

    let base: EventStream
    let sieve: EventMatcher
    let feed: Feed

    /// An iterator that begins at the stream's cursor; several go their own ways.
    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), sieve: sieve, feed: feed)
    }

    /// Walks over one stream, for one task.
    public struct Iterator: AsyncIteratorProtocol {
        private var base: EventStream.Iterator
        private var sieve: EventMatcher
        private let feed: Feed

        init(base: EventStream.Iterator, sieve: EventMatcher, feed: Feed) {
            self.base = base
            self.sieve = sieve
            self.feed = feed
        }

        /// The next events that pass; nil after the engine closed or the task was cancelled.
        public mutating func next() async throws(EngineError) -> Element? {
            while let events = try await base.next() {
                let passed = try await sieve.pass(events)
                guard !passed.isEmpty, let last = events.last else { continue }
                let epoch = feed.epochs.epoch(of: last.sequence)
                return Element(events: passed, cursor: Cursor(epoch: epoch, sequence: last.sequence))
            }
            return nil
        }
    }
}

extension Engine {
    /// Notifications: everything after `cursor` that passes the filter, first from the log, then as it is committed.
    ///
    /// Throws ``EngineError/resync(_:)`` for a cursor whose epoch doesn't hold its sequence.
    public func events(
        matching filter: EventFilter,
        after cursor: Cursor = .start
    ) throws(EngineError) -> FilteredEventStream {
        FilteredEventStream(
            base: try events(after: cursor),
            sieve: EventMatcher(filter, jobs: jobs, lookup: lookup),
            feed: sequencer.feed
        )
    }
}
