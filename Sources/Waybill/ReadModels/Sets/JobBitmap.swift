import Orchestration

/// A set of jobs by their dense numbers, small whether they are few, scattered or nearly all.
///
/// A few stand in one array; more of them in blocks of 65,536 numbers with at most two bytes a member. Insertion and
/// removal are a search and a move inside one of those. Two sets are intersected 64 numbers at a time, and skip what
/// either of them lacks.
struct JobBitmap: Sendable {
    private static let fewest = 512

    private var few = AscendingRun<UInt64>()
    /// In use once there are more; ascending, none of them empty.
    private var blocks: [BitmapContainer] = []
    private(set) var count = 0

    init() {}

    init(_ jobs: some Sequence<JobID>) {
        for job in jobs { insert(job.rawValue) }
    }

    var isEmpty: Bool { count == 0 }

    func contains(_ number: UInt64) -> Bool {
        blocks.isEmpty ? few.contains(number) : word(number >> 6) & 1 << (number & 63) != 0
    }

    mutating func insert(_ number: UInt64) {
        guard !blocks.isEmpty else {
            guard few.insert(number) else { return }
            count += 1
            if count > Self.fewest { spread() }
            return
        }
        if add(number) { count += 1 }
    }

    mutating func remove(_ number: UInt64) {
        guard !blocks.isEmpty else {
            if few.remove(number) { count -= 1 }
            return
        }
        let index = index(of: number >> 16)
        guard index < blocks.count, blocks[index].key == number >> 16,
            blocks[index].remove(UInt16(truncatingIfNeeded: number))
        else { return }
        count -= 1
        if blocks[index].count == 0 { blocks.remove(at: index) }
    }

    /// The members among the 64 numbers from 64 · `index` on, as bits.
    func word(_ index: UInt64) -> UInt64 {
        guard !blocks.isEmpty else { return few.word(index) }
        let block = self.index(of: index >> 10)
        guard block < blocks.count, blocks[block].key == index >> 10 else { return 0 }
        return blocks[block].word(UInt16(index & 1023))
    }

    /// The first word from `index` on that isn't zero.
    func nextWord(from index: UInt64) -> UInt64? {
        guard !blocks.isEmpty else { return few.nextWord(from: index) }
        var block = self.index(of: index >> 10)
        guard block < blocks.count else { return nil }
        if blocks[block].key == index >> 10 {
            if let low = blocks[block].nextWord(from: UInt16(index & 1023)) {
                return index & ~1023 | UInt64(low)
            }
            block += 1
            guard block < blocks.count else { return nil }
        }
        return blocks[block].nextWord(from: 0).map { blocks[block].key << 10 | UInt64($0) }
    }

    /// The last word through `index` that isn't zero.
    func previousWord(through index: UInt64) -> UInt64? {
        guard !blocks.isEmpty else { return few.previousWord(through: index) }
        var block = self.index(of: index >> 10)
        if block < blocks.count, blocks[block].key == index >> 10,
            let low = blocks[block].previousWord(through: UInt16(index & 1023))
        {
            return index & ~1023 | UInt64(low)
        }
        guard block > 0 else { return nil }
        block -= 1
        return blocks[block].previousWord(through: 1023).map { blocks[block].key << 10 | UInt64($0) }
    }

    /// Members after `number`, ascending, at most `limit`.
    func members(after number: UInt64?, limit: Int) -> [UInt64] {
        var found: [UInt64] = []
        if number == .max { return found }
        let first = number.map { $0 + 1 } ?? 0
        var next = nextWord(from: first >> 6)
        while let index = next, found.count < limit {
            var word = word(index)
            if index == first >> 6 { word &= .max << (first & 63) }
            while word != 0, found.count < limit {
                found.append(index << 6 | UInt64(word.trailingZeroBitCount))
                word &= word - 1
            }
            next = nextWord(from: index + 1)
        }
        return found
    }

    /// The greatest member below a number.
    func last(before number: UInt64) -> UInt64? {
        guard number > 0 else { return nil }
        let last = number - 1
        guard let index = previousWord(through: last >> 6) else { return nil }
        let word = word(index) & (index == last >> 6 ? .max >> (63 - last & 63) : .max)
        if word != 0 { return index << 6 | UInt64(63 - word.leadingZeroBitCount) }
        // What stands in the number's own word is not below it.
        return index > 0 ? self.last(before: index << 6) : nil
    }

    private mutating func spread() {
        for number in few.numbers { _ = add(number) }
        few = AscendingRun()
    }

    private mutating func add(_ number: UInt64) -> Bool {
        let index = index(of: number >> 16)
        if index == blocks.count || blocks[index].key != number >> 16 {
            blocks.insert(BitmapContainer(key: number >> 16), at: index)
        }
        return blocks[index].insert(UInt16(truncatingIfNeeded: number))
    }

    /// The first block that is not before `key`.
    private func index(of key: UInt64) -> Int {
        guard let last = blocks.last, last.key >= key else { return blocks.count }
        if last.key == key { return blocks.count - 1 }
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
