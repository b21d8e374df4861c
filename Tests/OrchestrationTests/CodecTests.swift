import Orchestration
import TestSupport
import Testing

struct CodecTests {
    @Test(arguments: EveryEvent.bodies.indices)
    func `every event survives, bit for bit`(index: Int) throws {
        let event = EveryEvent.events[index]
        var bytes: [UInt8] = []
        EventCodec.encode(event, into: &bytes)
        let read = try EventCodec.decode(bytes)
        // Compared as bytes too: a NaN in a policy is equal to nothing.
        var again: [UInt8] = []
        for event in read { EventCodec.encode(event, into: &again) }
        #expect(again == bytes)
        #expect(read.count == 1)
        if try EventCodec.decode(bytes) == read { #expect(read == [event]) }
    }

    @Test
    func `a payload's length never changes what stands before it`() throws {
        for count in [0, 1, 60, 79, 80, 127, 128, 200, 16_200, 16_383, 16_384, 70_000] {
            let specification = JobSpecification(kind: "a", payload: [UInt8](repeating: 5, count: count))
            var bytes: [UInt8] = [1, 2, 3]
            let event = Event(
                sequence: 1,
                time: .zero,
                command: 1,
                context: .engine,
                body: .jobCreated(JobID(1), specification)
            )
            EventCodec.encode(event, into: &bytes)
            #expect(bytes.prefix(3) == [1, 2, 3])
            #expect(try EventCodec.decode(Array(bytes.dropFirst(3))) == [event])
        }
    }

    @Test
    func `an unknown field is passed over, an unknown event stops with its sequence`() throws {
        // Event { sequence: 7, body field 63: "" }, then Event { sequence: 7, job_due { job: 1, field 9: 5 } }.
        let unknown: [UInt8] = [0x0A, 5, 0x18, 7, 0xFA, 0x03, 0]
        #expect(throws: CodecError.unknownEvent(sequence: 7)) { try EventCodec.decode(unknown) }
        let extended: [UInt8] = [0x0A, 8, 0x18, 7, 0x7A, 4, 0x08, 1, 0x48, 5]
        #expect(try EventCodec.decode(extended).map(\.body) == [.jobDue(JobID(1))])
    }

    @Test(
        arguments: [
            ([0x0A], CodecError.truncated(offset: 1)),
            ([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], .truncated(offset: 6)),
            ([0x0A, 0x80], .truncated(offset: 1)),
            (
                [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
                .malformed(offset: 1, problem: "varint")
            ),
            ([0x0A, 3, 0x12, 1, 0xFF], .invalidText(offset: 4)),
            ([0x0B], .malformed(offset: 0, problem: "wire type")),
            ([0x02, 0], .malformed(offset: 0, problem: "field number")),
            ([0x12, 0], .malformed(offset: 1, problem: "not an event entry")),
            ([0x0A, 2, 0x08, 1], .malformed(offset: 3, problem: "wire type of field 1")),
        ] as [([UInt8], CodecError)]
    )
    func `bytes that are no events are refused by offset`(bytes: [UInt8], error: CodecError) {
        #expect(throws: error) { try EventCodec.decode(bytes) }
    }

    @Test
    func `whoever takes the events can stop the run`() {
        struct Enough: Error {}
        var seen = 0
        do throws(DecodeFailure<Enough>) {
            try EventCodec.decode(EveryEvent.bytes) { (_: Event) throws(Enough) in
                seen += 1
                if seen == 2 { throw Enough() }
            }
            Issue.record("not stopped")
        } catch {
            if case .bytes(let error) = error { Issue.record("\(error)") }
        }
        #expect(seen == 2)
    }

    @Test(arguments: UInt64(0)..<20)
    func `no bytes crash the decoder`(block: UInt64) {
        var chance = SeededRandom(seed: block)
        let valid = EveryEvent.bytes
        for _ in 0..<1000 {
            var bytes = valid
            let from = chance.below(bytes.count)
            bytes = Array(bytes[from..<min(bytes.count, from + 1 + chance.below(300))])
            if chance.oneIn(2) { bytes = valid }
            for _ in 0...chance.below(4) where !bytes.isEmpty { mutate(&bytes, &chance) }
            digest(bytes)
        }
    }

    @Test(arguments: UInt64(0)..<10)
    func `no damaged log crashes the fold, which stops at a named event`(seed: UInt64) throws {
        var random = RandomSteps(seed: seed)
        var trial = try Trial()
        for _ in 0..<200 { try trial.play(random.next(trial.core), auditEvery: 1000) }
        var valid: [UInt8] = []
        for event in trial.core.log { EventCodec.encode(event, into: &valid) }
        var chance = SeededRandom(seed: seed)
        for _ in 0..<40 {
            var bytes = valid
            for _ in 0...chance.below(3) { mutate(&bytes, &chance) }
            digest(bytes)
        }
    }

    /// Reads and folds as far as it goes.
    private func digest(_ bytes: [UInt8]) {
        var state = State()
        do throws(DecodeFailure<ApplyError>) {
            try EventCodec.decode(bytes) { (event: Event) throws(ApplyError) in
                do throws(ApplyError) {
                    try state.apply(event)
                } catch {
                    #expect(error.sequence == event.sequence)
                    throw error
                }
            }
        } catch {
            // Stopping is right; crashing is not.
            _ = error
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ chance: inout SeededRandom) {
        let place = chance.below(bytes.count)
        switch chance.below(5) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: chance.next())
        case 1: bytes[place] ^= 1 << UInt8(chance.below(8))
        case 2: bytes.remove(at: place)
        case 3: bytes.insert([0, 0xFF, 0x80, 0x7F][chance.below(4)], at: place)
        default: bytes.removeSubrange(place...)
        }
    }
}
