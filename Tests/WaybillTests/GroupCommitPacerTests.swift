import Testing

@testable import struct Waybill.GroupCommitPacer

/// When the sequencer waits for the callers that it has just answered, and when it stops.
struct GroupCommitPacerTests {
    /// Takes `callers` and answers them, both at `now`.
    func serve(
        _ pacer: inout GroupCommitPacer,
        _ callers: Int,
        waiting: Int = 0,
        append: Int64 = 100,
        at now: Int64
    ) {
        pacer.arrive(callers, at: now)
        pacer.count(waiting: waiting)
        pacer.finish(append: append, at: now)
    }

    @Test func `nobody is awaited before anybody was answered`() {
        #expect(!GroupCommitPacer().isAwaited(at: 0))
    }

    @Test func `two cohorts become one`() {
        var pacer = GroupCommitPacer()
        // Half of the callers is answered while the other half waits at the intake.
        serve(&pacer, 32, waiting: 32, at: 1000)
        pacer.arrive(32, at: 1010)
        #expect(pacer.isAwaited(at: 1020))
        pacer.arrive(31, at: 1030)
        #expect(pacer.isAwaited(at: 1040))
        pacer.arrive(1, at: 1050)
        #expect(!pacer.isAwaited(at: 1060))
    }

    @Test func `nobody is awaited for longer than an append takes`() {
        var pacer = GroupCommitPacer()
        serve(&pacer, 2, append: 100, at: 1000)
        #expect(pacer.deadline == 1100)
        #expect(pacer.isAwaited(at: 1099))
        #expect(!pacer.isAwaited(at: 1100))
        serve(&pacer, 2, append: 50_000_000, at: 1050)
        #expect(pacer.deadline == 1050 + GroupCommitPacer.longestWait)
    }

    @Test func `an answer that needed no append makes nobody wait`() {
        var pacer = GroupCommitPacer()
        serve(&pacer, 8, append: 0, at: 1000)
        #expect(!pacer.isAwaited(at: 1000))
    }

    @Test func `answers without an append say nothing about who comes back`() {
        var pacer = GroupCommitPacer()
        for batch in 0..<10 { serve(&pacer, 8, append: 0, at: Int64(batch) * 1000) }
        serve(&pacer, 8, at: 20_000)
        #expect(pacer.isAwaited(at: 20_000))
    }

    @Test func `callers who take their time are awaited ever more rarely`() {
        var pacer = GroupCommitPacer()
        serve(&pacer, 8, at: 0)
        var awaited: [Int] = []
        for batch in 1...140 {
            let now = Int64(batch) * 1000
            if pacer.isAwaited(at: now - 1000) { awaited.append(batch) }
            serve(&pacer, 8, at: now)
        }
        #expect(awaited == [1, 3, 7, 15, 31, 63, 127])
    }

    @Test func `callers who are back again are awaited again`() {
        var pacer = GroupCommitPacer()
        serve(&pacer, 8, at: 0)
        serve(&pacer, 8, at: 1000)
        #expect(!pacer.isAwaited(at: 1000), "the first wait was in vain, so one is left out")
        serve(&pacer, 8, at: 2000)
        #expect(pacer.isAwaited(at: 2000))
        for batch in 0..<10 {
            serve(&pacer, 8, at: 2010 + Int64(batch) * 10)
            #expect(pacer.isAwaited(at: 2010 + Int64(batch) * 10))
        }
    }
}
