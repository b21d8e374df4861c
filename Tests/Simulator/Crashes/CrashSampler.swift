package import TestSupport

/// Draws one way for a power cut to go: any number of torn writes, at any byte or by sectors, with any rest.
public enum CrashSampler {
    package static func choice(at point: CrashPoint, _ random: inout SeededRandom) -> CrashChoice {
        switch random.below(8) {
        case 0: return .everything(of: point)
        case 1: return .nothing(of: point)
        default: break
        }
        // One crash mostly keeps and another mostly loses; an even coin for all would hardly ever do either.
        let odds = 1 + random.below(4)
        return CrashChoice(
            entries: entries(of: point, odds, &random),
            contents: contents(of: point, odds, &random)
        )
    }

    private static func entries(of point: CrashPoint, _ odds: Int, _ random: inout SeededRandom) -> [Bool] {
        var landed: [Bool] = []
        for needed in point.dependencies {
            let isLucky = random.below(5) < odds
            landed.append(isLucky && needed.allSatisfy { landed[$0] })
        }
        return landed
    }

    private static func contents(
        of point: CrashPoint,
        _ odds: Int,
        _ random: inout SeededRandom
    ) -> [Int: [ContentOutcome]] {
        var result: [Int: [ContentOutcome]] = [:]
        for (file, state) in point.files.sorted(by: { $0.key < $1.key }) where !state.pending.isEmpty {
            var outcomes: [ContentOutcome] = []
            for operation in state.pending { outcomes.append(outcome(of: operation, odds, &random)) }
            result[file] = outcomes
        }
        return result
    }

    private static func outcome(
        of operation: ContentOperation,
        _ odds: Int,
        _ random: inout SeededRandom
    ) -> ContentOutcome {
        let isLucky = random.below(5) < odds
        guard case .write(let offset, let bytes) = operation, random.oneIn(2) else {
            return isLucky ? .landed : .lost
        }
        return .torn(tear(bytes.count, at: offset, &random))
    }

    private static func tear(_ count: Int, at offset: Int, _ random: inout SeededRandom) -> Tear {
        let rest: Tear.Rest =
            switch random.below(3) {
            case 0: .old
            case 1: .zeros
            default: .noise(seed: random.next())
            }
        let place = random.below(count + 1)
        switch random.below(4) {
        case 0: return Tear(landed: [0..<place], rest: rest)
        case 1: return Tear(landed: [place..<count], rest: rest)
        case 2: return Tear(landed: [], rest: rest)
        default:
            return Tear(landed: blocks(count, at: offset, random.oneIn(2) ? 512 : 4096, &random), rest: rest)
        }
    }

    /// A random half of the blocks that the write touches.
    private static func blocks(
        _ count: Int,
        at offset: Int,
        _ size: Int,
        _ random: inout SeededRandom
    ) -> [Range<Int>] {
        var landed: [Range<Int>] = []
        var start = 0
        while start < count {
            let end = min(count, start + size - (offset + start) % size)
            if random.oneIn(2) { landed.append(start..<end) }
            start = end
        }
        return landed
    }
}
