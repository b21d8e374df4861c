/// How many keys each actor holds, and how many the one that holds most.
struct KeyTallies: Sendable {
    private var held: [KeyDigest: Int] = [:]
    /// How many actors hold so many.
    private var holders: [Int: Int] = [:]
    private(set) var most = 0

    func held(by actor: KeyDigest) -> Int { held[actor] ?? 0 }

    mutating func add(_ actor: KeyDigest) {
        let count = held(by: actor) + 1
        held[actor] = count
        move(from: count - 1, to: count)
        most = max(most, count)
    }

    mutating func remove(_ actor: KeyDigest) {
        guard let count = held[actor] else { return }
        held[actor] = count == 1 ? nil : count - 1
        move(from: count, to: count - 1)
        if holders[most] == nil { most -= 1 }
    }

    private mutating func move(from old: Int, to new: Int) {
        if let others = holders[old] { holders[old] = others == 1 ? nil : others - 1 }
        if new > 0 { holders[new, default: 0] += 1 }
    }
}
