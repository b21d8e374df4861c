import EventLog
import Orchestration
import TestSupport

/// Draws what happens to the engines of one seed; what happens to their disk is drawn as for the log alone.
struct EngineWorkload {
    let disk: SeededWorkload
    let clock: ClockKind

    var lives: Int { disk.lives }

    init(_ random: inout SeededRandom) {
        disk = SeededWorkload(&random)
        clock = random.oneIn(2) ? .virtual : .wall
    }

    /// The steps of one life.
    func steps(_ random: inout SeededRandom) -> [EngineStep] {
        var steps: [EngineStep] = []
        for _ in 0..<random.below(10) {
            if random.oneIn(4) { steps.append(.advance(span(&random))) }
            steps.append(random.oneIn(4) ? .entry(1 + random.below(6)) : .group(1 + random.below(8)))
            if random.oneIn(6) { steps.append(.leave) }
        }
        if random.oneIn(4) { steps.append(.close) }
        return steps
    }

    /// How far the wall clock is from the last life's end when the next one begins: not always ahead.
    func pause(_ random: inout SeededRandom) -> TimeSpan { .seconds(Int64(random.below(90)) - 30) }

    /// Bytes that are left on a disk that is getting full: room for some segments, or for less than the opening needs.
    func spareRoom(_ random: inout SeededRandom) -> Int {
        random.below(random.oneIn(2) ? 4 << 10 : 3 * SimulatedLog.segmentBytes)
    }

    private func span(_ random: inout SeededRandom) -> TimeSpan {
        random.oneIn(6) ? .seconds(4000) : .milliseconds(Int64(random.below(30_000)))
    }
}
