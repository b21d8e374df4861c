import Synchronization

/// A small deterministic generator: the same seed gives the same numbers on every machine and in every build.
///
/// xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), its state drawn
/// from the seed by splitmix64 so that neighbouring seeds have nothing in common. Not for secrets.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    package init(seed: UInt64) {
        var counter = seed
        state = (
            Self.splitMix(&counter), Self.splitMix(&counter), Self.splitMix(&counter), Self.splitMix(&counter)
        )
    }

    package mutating func next() -> UInt64 {
        let result = Self.rotate(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotate(state.3, by: 45)
        return result
    }

    /// A number in `0 ..< bound`, and 0 when the bound is 0.
    ///
    /// The bias of the plain product is below 2^-32 for the bounds that a simulation has.
    package mutating func below(_ bound: Int) -> Int {
        bound <= 0 ? 0 : Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// True once in `odds` draws.
    package mutating func oneIn(_ odds: Int) -> Bool { below(odds) == 0 }

    package mutating func element<Element>(of choices: [Element]) -> Element? {
        choices.isEmpty ? nil : choices[below(choices.count)]
    }

    /// Bytes that no compressor makes smaller.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// A generator of its own for a part of the work, so that adding a draw there shifts nothing here.
    package mutating func split() -> SeededRandom { SeededRandom(seed: next()) }

    private static func splitMix(_ counter: inout UInt64) -> UInt64 {
        counter &+= 0x9E37_79B9_7F4A_7C15
        var mixed = counter
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private static func rotate(_ word: UInt64, by bits: UInt64) -> UInt64 {
        (word << bits) | (word >> (64 - bits))
    }
}

/// One stream of numbers for closures that must be sendable, such as the log's source of entropy.
package final class SharedRandom: Sendable {
    private let random: Mutex<SeededRandom>

    package init(seed: UInt64) {
        random = Mutex(SeededRandom(seed: seed))
    }

    package func next() -> UInt64 { random.withLock { $0.next() } }
}
