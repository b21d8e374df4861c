public import Orchestration

/// Events in log order, batch by batch, live: what `for try await` walks over until the engine closes.
///
/// It holds a cursor and nothing else: a slow reader costs no memory, it reads on from the log.
public struct EventStream: AsyncSequence, Sendable {
    /// What was committed together; never empty.
    public typealias Element = [Event]

    let after: UInt64
    let feed: Feed
    let log: ReadableLog

    /// An iterator that begins at the stream's cursor; several go their own ways.
    public func makeAsyncIterator() -> Iterator {
        Iterator(reached: after, feed: feed, log: log)
    }

    /// Walks over one stream, for one task.
    public struct Iterator: AsyncIteratorProtocol {
        private var reached: UInt64
        private let feed: Feed
        private let log: ReadableLog
        private var batches: ArraySlice<[Event]> = []
        /// Kept while this iterator reads from the log; a live one needs none.
        private var reader: EventReader?

        init(reached: UInt64, feed: Feed, log: ReadableLog) {
            self.reached = reached
            self.feed = feed
            self.log = log
        }

        /// The next events, never an empty array; nil after the engine closed or the task was cancelled.
        public mutating func next() async throws(EngineError) -> [Event]? {
            while batches.isEmpty {
                switch await feed.next(after: reached) {
                case .batches(let fresh):
                    reader = nil
                    batches = fresh.map(\.events)[...]
                case .behind(let durable): batches = try await readOn(through: durable)
                case .ended: return nil
                }
            }
            let events = batches.removeFirst().filter { $0.sequence > reached }
            reached = events.last?.sequence ?? reached
            return events
        }

        /// One batch from the log, read off the cooperative pool; none once a reader has come to where it was sent.
        private mutating func readOn(through durable: UInt64) async throws(EngineError) -> ArraySlice<[Event]>
        {
            let log = log
            let reader = reader ?? EventReader(log.files, from: reached + 1, through: durable)
            let events = try await withTaskExecutorPreference(BlockingExecutor.shared) {
                () async throws(EngineError) in
                try log.noticing(reader.nextBatch)
            }
            self.reader = events == nil ? nil : reader
            return events.map { [$0] } ?? []
        }
    }
}

extension Engine {
    /// Everything after `cursor`: first what the log holds, then what is committed, as it is committed.
    ///
    /// Throws ``EngineError/resync(_:)`` for a cursor whose epoch doesn't hold its sequence.
    public func events(after cursor: Cursor = .start) throws(EngineError) -> EventStream {
        guard sequencer.feed.epochs.holds(cursor), cursor.sequence <= durableSequence else {
            throw .resync(cursor)
        }
        return EventStream(after: cursor.sequence, feed: sequencer.feed, log: log)
    }

    /// The cursor that stands after `sequence`.
    public func cursor(after sequence: UInt64) -> Cursor {
        Cursor(epoch: sequencer.feed.epochs.epoch(of: sequence), sequence: sequence)
    }
}

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
    let matcher: EventMatcher
    let feed: Feed

    /// An iterator that begins at the stream's cursor; several go their own ways.
    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), matcher: matcher, feed: feed)
    }

    /// Walks over one stream, for one task.
    public struct Iterator: AsyncIteratorProtocol {
        private var base: EventStream.Iterator
        private var matcher: EventMatcher
        private let feed: Feed

        init(base: EventStream.Iterator, matcher: EventMatcher, feed: Feed) {
            self.base = base
            self.matcher = matcher
            self.feed = feed
        }

        /// The next events that pass; nil after the engine closed or the task was cancelled.
        public mutating func next() async throws(EngineError) -> Element? {
            while let events = try await base.next() {
                let passed = try await matcher.pass(events)
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
            matcher: EventMatcher(filter, jobs: jobs, lookup: lookup),
            feed: sequencer.feed
        )
    }
}
