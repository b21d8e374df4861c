/// Distinct numbers in ascending order, in one array: cheap at the end, and anywhere while they are few.
///
/// It shows them as words of 64 too: bit b of word w stands for the number 64 · w + b.
struct AscendingRun<Number: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    private(set) var numbers: [Number] = []

    var count: Int { numbers.count }

    /// False when it is there already.
    mutating func insert(_ number: Number) -> Bool {
        guard let last = numbers.last, last >= number else {
            numbers.append(number)
            return true
        }
        let place = place(of: number)
        if numbers[place] == number { return false }
        numbers.insert(number, at: place)
        return true
    }

    /// False when it isn't there.
    mutating func remove(_ number: Number) -> Bool {
        if numbers.last == number {
            numbers.removeLast()
            return true
        }
        let place = place(of: number)
        guard place < numbers.count, numbers[place] == number else { return false }
        numbers.remove(at: place)
        return true
    }

    func contains(_ number: Number) -> Bool {
        let place = place(of: number)
        return place < numbers.count && numbers[place] == number
    }

    func word(_ index: Number) -> UInt64 {
        var word: UInt64 = 0
        var place = place(of: index << 6)
        while place < numbers.count, numbers[place] >> 6 == index {
            word |= 1 << UInt64(truncatingIfNeeded: numbers[place] & 63)
            place += 1
        }
        return word
    }

    /// The first word from `index` on that isn't zero.
    func nextWord(from index: Number) -> Number? {
        let place = place(of: index << 6)
        return place < numbers.count ? numbers[place] >> 6 : nil
    }

    /// The last word through `index` that isn't zero.
    func previousWord(through index: Number) -> Number? {
        var place = place(of: index << 6 | 63)
        if place < numbers.count, numbers[place] == index << 6 | 63 { place += 1 }
        return place > 0 ? numbers[place - 1] >> 6 : nil
    }

    /// The first place whose number is not below `number`.
    private func place(of number: Number) -> Int {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
