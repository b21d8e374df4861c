/// The members of a set among 65,536 numbers in a row: two bytes each while they are few, else a bit a number.
struct BitmapContainer: Sendable {
    /// Above so many, bits are smaller.
    private static let fewest = 4096

    /// The numbers of the block are 65,536 · key and those that follow.
    let key: UInt64
    private var few = AscendingRun<UInt16>()
    /// 1,024 words once the members are many; else empty.
    private var words: [UInt64] = []
    private(set) var count = 0

    init(key: UInt64) {
        self.key = key
    }

    mutating func insert(_ low: UInt16) -> Bool {
        if words.isEmpty {
            guard few.insert(low) else { return false }
            count += 1
            if count > Self.fewest { widen() }
            return true
        }
        let (index, bit) = (Int(low >> 6), UInt64(1) << UInt64(low & 63))
        guard words[index] & bit == 0 else { return false }
        words[index] |= bit
        count += 1
        return true
    }

    mutating func remove(_ low: UInt16) -> Bool {
        if words.isEmpty {
            guard few.remove(low) else { return false }
            count -= 1
            return true
        }
        let (index, bit) = (Int(low >> 6), UInt64(1) << UInt64(low & 63))
        guard words[index] & bit != 0 else { return false }
        words[index] &= ~bit
        count -= 1
        // Well below where it widens, so that a set on the edge doesn't change its form all the time.
        if count < Self.fewest / 2 { narrow() }
        return true
    }

    func word(_ index: UInt16) -> UInt64 {
        words.isEmpty ? few.word(index) : words[Int(index)]
    }

    func nextWord(from index: UInt16) -> UInt16? {
        if words.isEmpty { return few.nextWord(from: index) }
        var index = Int(index)
        while index < words.count {
            if words[index] != 0 { return UInt16(index) }
            index += 1
        }
        return nil
    }

    func previousWord(through index: UInt16) -> UInt16? {
        if words.isEmpty { return few.previousWord(through: index) }
        var index = Int(index)
        while index >= 0 {
            if words[index] != 0 { return UInt16(index) }
            index -= 1
        }
        return nil
    }

    private mutating func widen() {
        words = [UInt64](repeating: 0, count: 1024)
        for low in few.numbers { words[Int(low >> 6)] |= 1 << UInt64(low & 63) }
        few = AscendingRun()
    }

    private mutating func narrow() {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                _ = few.insert(UInt16(index << 6 | rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        words = []
    }
}

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
        let position = position(of: number)
        if numbers[position] == number { return false }
        numbers.insert(number, at: position)
        return true
    }

    /// False when it isn't there.
    mutating func remove(_ number: Number) -> Bool {
        if numbers.last == number {
            numbers.removeLast()
            return true
        }
        let position = position(of: number)
        guard position < numbers.count, numbers[position] == number else { return false }
        numbers.remove(at: position)
        return true
    }

    func contains(_ number: Number) -> Bool {
        let position = position(of: number)
        return position < numbers.count && numbers[position] == number
    }

    func word(_ index: Number) -> UInt64 {
        var word: UInt64 = 0
        var position = position(of: index << 6)
        while position < numbers.count, numbers[position] >> 6 == index {
            word |= 1 << UInt64(truncatingIfNeeded: numbers[position] & 63)
            position += 1
        }
        return word
    }

    /// The first word from `index` on that isn't zero.
    func nextWord(from index: Number) -> Number? {
        let position = position(of: index << 6)
        return position < numbers.count ? numbers[position] >> 6 : nil
    }

    /// The last word through `index` that isn't zero.
    func previousWord(through index: Number) -> Number? {
        var position = position(of: index << 6 | 63)
        if position < numbers.count, numbers[position] == index << 6 | 63 { position += 1 }
        return position > 0 ? numbers[position - 1] >> 6 : nil
    }

    /// The first position whose number is not below `number`.
    private func position(of number: Number) -> Int {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
