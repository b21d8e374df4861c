/// Events as protobuf, by hand: one `repeated Event events = 1` entry of the message `Log` for each.
///
/// The published schema is `Schema/waybill.proto`; what is written here is, byte for byte, what other protobuf
/// writers make of it. Positions are stored as distances, so that the events of a batch resemble each other and
/// compress.
public enum EventCodec {
    /// What an absent message means.
    ///
    /// Written down here, and not taken from the defaults of today's interface: these are part of the format.
    enum Absent {
        static let retry = RetryPolicy(
            maxAttempts: 5,
            maxCrashes: 3,
            base: TimeSpan(nanoseconds: 1_000_000_000),
            factor: 2,
            cap: TimeSpan(nanoseconds: 3_600_000_000_000),
            jitter: 0.2
        )
        static let timeouts = Timeouts(lease: TimeSpan(nanoseconds: 60_000_000_000))
        static let requirements = Requirements()
        static let fairnessWeight: UInt32 = 1
        static let values = JobTerms.Values(
            fairnessWeight: fairnessWeight,
            requirements: requirements,
            retry: retry,
            timeouts: timeouts
        )
        static let terms = JobTerms.holding(values)
    }

    /// Appends the entry (tag, length, event) to `bytes`.
    public static func encode(_ event: Event, into bytes: inout [UInt8]) {
        WireWriter.append(capacity: WireBound.event(event), to: &bytes) { writer in
            writer.message(1, expected: 64) { $0.event(event) }
        }
    }

    /// Reads a run of entries, in order.
    public static func decode(_ payload: [UInt8]) throws(CodecError) -> [Event] {
        var events: [Event] = []
        do throws(DecodeFailure<Never>) {
            try decode(payload) { (event: Event) throws(Never) in events.append(event) }
        } catch {
            switch error {
            case .bytes(let error): throw error
            }
        }
        return events
    }

    /// Hands the events of a run of entries to `body` one by one, until it throws or the bytes are not what
    /// they should be.
    ///
    /// Unknown fields of a known event are passed over; an unknown event ends the run.
    package static func decode<Stop: Error>(
        _ payload: [UInt8],
        _ body: (Event) throws(Stop) -> Void
    ) throws(DecodeFailure<Stop>) {
        // Unsafe for the duration of the call: the array outlives it.
        try payload.span.bytes.withUnsafeBytes {
            (bytes: UnsafeRawBufferPointer) throws(DecodeFailure<Stop>) in
            try decode(bytes, body)
        }
    }

    /// As above, over bytes that somebody else owns until the call returns.
    package static func decode<Stop: Error>(
        _ payload: UnsafeRawBufferPointer,
        _ body: (Event) throws(Stop) -> Void
    ) throws(DecodeFailure<Stop>) {
        var reader = WireReader(payload)
        var contexts = ContextCache()
        while let event: Event = try read(&reader, &contexts, stop: Stop.self) {
            do throws(Stop) {
                try body(event)
            } catch {
                throw .body(error)
            }
        }
    }

    /// Reads one event out of a run of entries and passes over those before it; nil when the run is shorter.
    package static func decode(_ payload: [UInt8], at index: Int) throws(CodecError) -> Event? {
        // Unsafe for the duration of the call: the array outlives it.
        try payload.span.bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(CodecError) in
            var reader = WireReader(bytes)
            for _ in 0..<index {
                guard try reader.next() else { return nil }
                try reader.skip()
            }
            var contexts = ContextCache()
            do throws(DecodeFailure<Never>) {
                return try read(&reader, &contexts, stop: Never.self)
            } catch {
                switch error {
                case .bytes(let error): throw error
                }
            }
        }
    }

    private static func read<Stop: Error>(
        _ reader: inout WireReader,
        _ contexts: inout ContextCache,
        stop: Stop.Type
    ) throws(DecodeFailure<Stop>) -> Event? {
        do throws(CodecError) {
            guard try reader.next() else { return nil }
            guard reader.field == 1 else {
                throw .malformed(offset: reader.at, problem: "not an event entry")
            }
            var message = try reader.message()
            return try message.event(&contexts)
        } catch {
            throw .bytes(error)
        }
    }
}

/// Why a run of events was not read to its end: the bytes, or whoever took the events.
package enum DecodeFailure<Stop: Error>: Error {
    case bytes(CodecError)
    case body(Stop)
}
