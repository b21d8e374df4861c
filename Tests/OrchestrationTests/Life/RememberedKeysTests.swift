import TestSupport
import Testing

@testable import Orchestration

struct RememberedKeysTests {
    private func command(_ number: UInt64, _ content: EventRun.Content, count: UInt32 = 1)
        -> RememberedCommand
    {
        RememberedCommand(
            fingerprint: UInt32(truncatingIfNeeded: number &* 0x9e37_79b9),
            time: .zero + .milliseconds(Int64(number / 3)),
            run: EventRun(first: number, content, count: count)
        )
    }

    /// Keys come and go, are far apart and near, and tell all that there is to tell.
    @Test(arguments: UInt64(0)..<8)
    func `keys are found until they are the oldest and go, whatever they tell`(seed: UInt64) {
        var chance = SeededRandom(seed: seed)
        var keys = RememberedKeys()
        var model: [(key: KeyDigest, actor: KeyDigest, command: RememberedCommand)] = []
        var number: UInt64 = 1
        for step in 0..<6000 {
            if chance.oneIn(seed % 2 == 0 ? 2 : 3), !model.isEmpty {
                #expect(keys.oldest?.key == model[0].key)
                keys.removeOldest()
                model.removeFirst()
            } else {
                number += 1 + UInt64(chance.oneIn(40) ? 70_000 : chance.below(9))
                let content: EventRun.Content =
                    switch chance.below(6) {
                    case 0: .other
                    case 1: .found(chance.oneIn(3) ? 1 << 40 : 7)
                    case 2: .listed([.init(job: number, isExisting: true)])
                    default: .jobs(first: number * 2)
                    }
                let key = KeyDigest(actor: "a", key: "key \(step)")
                let actor = KeyDigest(actor: "actor \(chance.below(5))")
                let count: UInt32 = chance.oneIn(50) ? 70_000 : 1
                model.append((key, actor, command(number, content, count: count)))
                keys.append(key, of: actor, command(number, content, count: count))
            }
            if let known = model.randomElement(using: &chance) {
                #expect(keys.find(known.key) == known.command)
            }
            #expect(keys.find(KeyDigest(actor: "a", key: "none \(step)")) == nil)
            #expect(keys.count == model.count)
        }
        var seen = 0
        keys.forEach { key, actor, command in
            #expect((key, actor) == (model[seen].key, model[seen].actor))
            #expect(command == model[seen].command)
            seen += 1
        }
        #expect(seen == model.count)
        let held = Dictionary(grouping: model, by: \.actor)
        #expect(keys.tallies.most == held.values.map(\.count).max() ?? 0)
        for (actor, own) in held {
            #expect(keys.tallies.held(by: actor) == own.count)
            #expect(keys.oldestTime(of: actor) == own[0].command.time)
        }
    }

    @Test
    func `a key takes 40 bytes at most`() {
        var keys = RememberedKeys()
        let actor = KeyDigest(actor: "client")
        for number in 1...UInt64(300_000) {
            keys.append(
                KeyDigest(actor: "client", key: "\(number)"),
                of: actor,
                command(number * 7, .jobs(first: number))
            )
            // Just after the index has grown it is at its emptiest.
            if number > 10_000, number & 1023 == 0 {
                #expect(keys.bytes <= 40 * keys.count, "\(number) keys")
            }
        }
    }

    @Test
    func `keys are told apart by their bytes, and one actor's from another's`() {
        let texts: [Name] = ["café", "cafe\u{301}", "", "a", "b"]
        let digests = texts.map { KeyDigest(actor: "x", key: $0) }
        #expect(Set(digests).count == texts.count)
        #expect(KeyDigest(actor: "ab", key: "c") != KeyDigest(actor: "a", key: "bc"))
    }
}
