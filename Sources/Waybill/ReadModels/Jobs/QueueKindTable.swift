/// Gives each pair of queue and kind a small number: half as many bytes in a million rows.
struct QueueKindTable {
    struct Pair: Hashable {
        let queue: UInt32
        let kind: UInt32
    }

    private var numbers: [Pair: UInt32] = [:]
    private var pairs: [Pair] = []

    mutating func number(of pair: Pair) -> UInt32 {
        if let number = numbers[pair] { return number }
        let number = UInt32(pairs.count)
        numbers[pair] = number
        pairs.append(pair)
        return number
    }

    subscript(number: UInt32) -> Pair { pairs[Int(number)] }
}
