import Testing

@testable import struct Waybill.GroupCommitPacer

/// When the sequencer waits for the callers that it has just answered, and when it stops.
struct CohortTests {
    /// Takes `callers` and answers them, both at `now`.
    func serve(
        _ cohort: inout GroupCommitPacer,
        _ callers: Int,
        waiting: Int = 0,
        append: Int64 = 100,
        at now: Int64
    ) {
        cohort.hear(callers, at: now)
        cohort.note(waiting: waiting)
        cohort.answer(append: append, at: now)
    }

    @Test func `nobody is awaited before anybody was answered`() {
        #expect(!GroupCommitPacer().isAwaited(at: 0))
    }

    @Test func `two cohorts become one`() {
        var cohort = GroupCommitPacer()
        // Half of the callers is answered while the other half waits at the intake.
        serve(&cohort, 32, waiting: 32, at: 1000)
        cohort.hear(32, at: 1010)
        #expect(cohort.isAwaited(at: 1020))
        cohort.hear(31, at: 1030)
        #expect(cohort.isAwaited(at: 1040))
        cohort.hear(1, at: 1050)
        #expect(!cohort.isAwaited(at: 1060))
    }

    @Test func `nobody is awaited for longer than an append takes`() {
        var cohort = GroupCommitPacer()
        serve(&cohort, 2, append: 100, at: 1000)
        #expect(cohort.deadline == 1100)
        #expect(cohort.isAwaited(at: 1099))
        #expect(!cohort.isAwaited(at: 1100))
        serve(&cohort, 2, append: 50_000_000, at: 1050)
        #expect(cohort.deadline == 1050 + GroupCommitPacer.longestWait)
    }

    @Test func `an answer that needed no append makes nobody wait`() {
        var cohort = GroupCommitPacer()
        serve(&cohort, 8, append: 0, at: 1000)
        #expect(!cohort.isAwaited(at: 1000))
    }

    @Test func `answers without an append say nothing about who comes back`() {
        var cohort = GroupCommitPacer()
        for batch in 0..<10 { serve(&cohort, 8, append: 0, at: Int64(batch) * 1000) }
        serve(&cohort, 8, at: 20_000)
        #expect(cohort.isAwaited(at: 20_000))
    }

    @Test func `callers who take their time are awaited ever more rarely`() {
        var cohort = GroupCommitPacer()
        serve(&cohort, 8, at: 0)
        var awaited: [Int] = []
        for batch in 1...140 {
            let now = Int64(batch) * 1000
            if cohort.isAwaited(at: now - 1000) { awaited.append(batch) }
            serve(&cohort, 8, at: now)
        }
        #expect(awaited == [1, 3, 7, 15, 31, 63, 127])
    }

    @Test func `callers who are back again are awaited again`() {
        var cohort = GroupCommitPacer()
        serve(&cohort, 8, at: 0)
        serve(&cohort, 8, at: 1000)
        #expect(!cohort.isAwaited(at: 1000), "the first wait was in vain, so one is left out")
        serve(&cohort, 8, at: 2000)
        #expect(cohort.isAwaited(at: 2000))
        for batch in 0..<10 {
            serve(&cohort, 8, at: 2010 + Int64(batch) * 10)
            #expect(cohort.isAwaited(at: 2010 + Int64(batch) * 10))
        }
    }
}
