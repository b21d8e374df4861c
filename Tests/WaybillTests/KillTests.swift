import EventLog
import Foundation
import Logging
import Orchestration
import TestSupport
import Testing
import Waybill

/// A writer killed at any moment loses nothing that it had acknowledged, and repeats nothing.
struct KillTests {
    /// One directory over the kills that it lives through.
    struct Life {
        let path: String
        var acknowledged: [Acknowledgement] = []
        private(set) var kills = 0

        init(_ path: String) {
            self.path = path
        }

        /// Kills one writer, checks the log as it lies there, then opens it and checks what was acknowledged.
        mutating func survive(seed: UInt64, killedAfter count: Int) async throws {
            let run = try KilledProcess(directory: path, seed: seed, killedAfter: count)
            kills += 1
            #expect(run.lines.first == "opening", "seed \(seed)")
            let fresh = run.lines.compactMap { Acknowledgement($0) }
            #expect(fresh.count == max(0, run.lines.count - 1), "seed \(seed): a line is no acknowledgement")
            acknowledged += fresh
            guard FileManager.default.fileExists(atPath: path) else { return }
            let verified = try verifyLog(try RealDisk(path, create: false))
            #expect(verified.lastSequence >= (fresh.map(\.sequence).max() ?? 0), "seed \(seed)")
            try await reopen(expecting: fresh, seed: seed)
        }

        /// Every fourth writer dies while it opens the log.
        static func lines(_ random: inout SeededRandom) -> Int {
            random.next() % 4 == 0 ? 1 : Int(random.next() % 50) + 2
        }

        private func reopen(expecting fresh: [Acknowledgement], seed: UInt64) async throws {
            var options = EngineOptions(limits: LogLimits(segmentBytes: 1 << 20))
            options.logger.logLevel = .critical
            let engine = try await Engine.open(at: path, options: options)
            await engine.jobs.caughtUp(to: engine.durableSequence)
            for acknowledgement in fresh {
                let job = await engine.jobs[acknowledgement.job]
                #expect(job != nil, "seed \(seed): job \(acknowledgement.job) is gone")
                if acknowledgement.kind == .complete { #expect(job?.state == .succeeded, "seed \(seed)") }
            }
            try await engine.close()
        }

        /// Every acknowledgement has its event, at its sequence, and no event or key is there twice.
        func checkAll() throws {
            let events = try storedEvents(try RealDisk(path, create: false))
            #expect(events.map(\.sequence) == (0..<UInt64(events.count)).map { $0 + 1 })
            for acknowledgement in acknowledged {
                let event = events[Int(acknowledgement.sequence) - 1]
                #expect(acknowledgement.isKept(by: event), "\(acknowledgement) became \(event.body)")
            }
            var keys: Set<String> = []
            for case .jobCreated(_, let specification) in events.map(\.body) {
                let key = specification.uniqueKey ?? ""
                #expect(keys.insert(key.text).inserted, "the job with key \(key) is there twice")
            }
        }
    }

    @Test func `one directory lives through a hundred kills`() async throws {
        let temporary = try TemporaryDirectory()
        var random = SeededRandom(seed: 11)
        var life = Life(temporary.path("log"))
        for _ in 1...100 {
            try await life.survive(
                seed: random.next() % 1_000_000_007,
                killedAfter: Life.lines(&random)
            )
        }
        try life.checkAll()
        #expect(life.kills == 100)
        #expect(life.acknowledged.count > 500)
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `a new directory lives through two kills`(seed: UInt64) async throws {
        let temporary = try TemporaryDirectory()
        var random = SeededRandom(seed: seed)
        var life = Life(temporary.path("log"))
        for _ in 1...2 {
            try await life.survive(
                seed: random.next() % 1_000_000_007,
                killedAfter: Life.lines(&random)
            )
        }
        if FileManager.default.fileExists(atPath: life.path) { try life.checkAll() }
    }
}
