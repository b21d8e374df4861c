import DequeModule

/// The keyed commands of the last while in the order in which they came, found by their keys: 28 bytes a key, and 5 to 9
/// for finding it.
///
/// Places, times and jobs are stored as distances from those of a chunk's first entry; one that is too far begins a new
/// chunk. What doesn't fit into an entry stands beside them: what several commands of a group wrote, completions, lists
/// of which some jobs were there.
struct RememberedKeys: Sendable {
    // In this order it takes 28 bytes.
    fileprivate struct Entry {
        let digestHigh: (UInt32, UInt32)
        let fingerprint: UInt32
        let time: UInt32
        var job: UInt32 = 0
        let digestLow: UInt16
        let sequence: UInt16
        var count: UInt16 = 0
        let actor: UInt8
        var form = Form.other
    }

    fileprivate enum Form: UInt8 {
        case other, jobs, found, apart
    }

    fileprivate struct Chunk {
        let sequence: UInt64
        let milliseconds: Int64
        let job: UInt64
        var actors: [KeyDigest] = []
        var entries: ContiguousArray<Entry> = []
    }

    private static let chunkBits: UInt64 = 8
    /// The number of no entry: a chunk holds 255.
    private static let vacant = UInt32.max

    private var chunks = Deque<Chunk>()
    /// The number of the first chunk, and how many of its entries are gone.
    private var firstChunk: UInt64 = 0
    private var gone = 0
    /// Numbers of entries by their digests, with linear probing.
    private var index: ContiguousArray<UInt32> = []
    private var apart: [UInt64: EventRun] = [:]
    private(set) var count = 0
    private(set) var tallies = KeyTallies()

    /// What it takes of memory, but for what stands apart.
    var bytes: Int {
        let entries = chunks.reduce(0) { $0 + $1.bytes }
        return entries + index.capacity * MemoryLayout<UInt32>.stride
    }

    /// What the key's command left.
    func find(_ digest: KeyDigest) -> RememberedCommand? {
        number(of: digest).map { command(at: $0) }
    }

    /// The oldest, with its key and its actor.
    var oldest: (key: KeyDigest, actor: KeyDigest, command: RememberedCommand)? {
        count == 0 ? nil : self[firstChunk << Self.chunkBits | UInt64(gone)]
    }

    /// Of the oldest key of an actor.
    func oldestTime(of actor: KeyDigest) -> Timestamp? {
        for (position, chunk) in chunks.enumerated() {
            guard let known = chunk.actors.firstIndex(of: actor) else { continue }
            let entries = chunk.entries[(position == 0 ? gone : 0)...]
            if let found = entries.first(where: { Int($0.actor) == known }) { return chunk.time(found) }
        }
        return nil
    }

    /// Oldest first.
    func forEach(_ body: (KeyDigest, KeyDigest, RememberedCommand) -> Void) {
        for position in chunks.indices {
            for offset in (position == 0 ? gone : 0)..<chunks[position].entries.count {
                let found = self[(firstChunk + UInt64(position)) << Self.chunkBits | UInt64(offset)]
                body(found.key, found.actor, found.command)
            }
        }
    }

    /// The newest; the key must not be there.
    mutating func append(_ digest: KeyDigest, of actor: KeyDigest, _ command: RememberedCommand) {
        if (count + 1) * 8 > index.count * 7 { grow() }
        if chunks.last?.takes(command) != true {
            if chunks.isEmpty { gone = 0 }
            chunks.append(Chunk(command))
        }
        let last = chunks.count - 1
        let offset = chunks[last].append(digest, of: actor, command)
        insert(
            digest,
            UInt32(truncatingIfNeeded: (firstChunk + UInt64(last)) << Self.chunkBits | UInt64(offset))
        )
        count += 1
        tallies.add(actor)
        store(command, chunk: last, offset: offset)
    }

    /// Says anew what the command of a key that is there left.
    mutating func update(_ digest: KeyDigest, _ command: RememberedCommand) {
        guard let number = number(of: digest) else { return }
        store(command, chunk: chunk(number), offset: Int(number & 255))
    }

    mutating func removeOldest() {
        guard let oldest else { return }
        remove(oldest.key)
        if chunks[0].entries[gone].form == .apart { apart[oldest.command.command] = nil }
        count -= 1
        tallies.remove(oldest.actor)
        gone += 1
        guard gone == chunks[0].entries.count else { return }
        gone = 0
        firstChunk += 1
        chunks.removeFirst()
    }

    // MARK: Entries

    private subscript(number: UInt64) -> (key: KeyDigest, actor: KeyDigest, command: RememberedCommand) {
        let (chunk, offset) = (chunks[Int(number >> Self.chunkBits - firstChunk)], Int(number & 255))
        let entry = chunk.entries[offset]
        let first = chunk.sequence + UInt64(entry.sequence)
        let run = entry.form == .apart ? apart[first] : nil
        let command = RememberedCommand(
            fingerprint: entry.fingerprint,
            time: chunk.time(entry),
            run: run ?? EventRun(first: first, entry.content(from: chunk.job), count: UInt32(entry.count))
        )
        return (entry.digest, chunk.actors[Int(entry.actor)], command)
    }

    private func command(at number: UInt32) -> RememberedCommand {
        self[(firstChunk + UInt64(chunk(number))) << Self.chunkBits | UInt64(number & 255)].command
    }

    /// Numbers of entries wrap around long before there are so many.
    private func chunk(_ number: UInt32) -> Int {
        Int((number >> UInt32(Self.chunkBits) &- UInt32(truncatingIfNeeded: firstChunk)) & 0xff_ffff)
    }

    private mutating func store(_ command: RememberedCommand, chunk: Int, offset: Int) {
        let wasApart = chunks[chunk].entries[offset].form == .apart
        let fits = chunks[chunk].set(command.run, at: offset)
        if !fits { apart[command.command] = command.run } else if wasApart { apart[command.command] = nil }
    }

    // MARK: The index

    private func number(of digest: KeyDigest) -> UInt32? {
        guard !index.isEmpty else { return nil }
        var slot = home(digest)
        while index[slot] != Self.vacant {
            if self.digest(index[slot]) == digest { return index[slot] }
            slot = (slot + 1) & (index.count - 1)
        }
        return nil
    }

    private func home(_ digest: KeyDigest) -> Int {
        Int(truncatingIfNeeded: digest.high) & (index.count - 1)
    }

    private func digest(_ number: UInt32) -> KeyDigest {
        chunks[chunk(number)].entries[Int(number & 255)].digest
    }

    private mutating func insert(_ digest: KeyDigest, _ number: UInt32) {
        var slot = home(digest)
        while index[slot] != Self.vacant { slot = (slot + 1) & (index.count - 1) }
        index[slot] = number
    }

    /// Closes the gap, so that what was pushed on past it is found.
    private mutating func remove(_ digest: KeyDigest) {
        let mask = index.count - 1
        var gap = home(digest)
        while self.digest(index[gap]) != digest { gap = (gap + 1) & mask }
        var slot = (gap + 1) & mask
        while index[slot] != Self.vacant {
            let distance = (slot - home(self.digest(index[slot]))) & mask
            if distance >= (slot - gap) & mask {
                index[gap] = index[slot]
                gap = slot
            }
            slot = (slot + 1) & mask
        }
        index[gap] = Self.vacant
    }

    private mutating func grow() {
        let old = index
        index = ContiguousArray(repeating: Self.vacant, count: max(16, old.count * 2))
        for number in old where number != Self.vacant { insert(digest(number), number) }
    }
}

extension RememberedKeys.Chunk {
    /// Both arrays have a head of 32 bytes.
    fileprivate var bytes: Int {
        MemoryLayout<Self>.stride + 64 + entries.capacity * MemoryLayout<RememberedKeys.Entry>.stride
            + actors.capacity * MemoryLayout<KeyDigest>.stride
    }

    fileprivate init(_ command: RememberedCommand) {
        let job = command.run.job(at: 0).rawValue
        self.init(sequence: command.command, milliseconds: command.time.millisecondsUp, job: job)
    }

    fileprivate func time(_ entry: RememberedKeys.Entry) -> Timestamp {
        .zero + .milliseconds(milliseconds + Int64(entry.time))
    }

    fileprivate func takes(_ command: RememberedCommand) -> Bool {
        entries.count < 255
            && command.command >= sequence && command.command - sequence <= UInt64(UInt16.max)
            && UInt32(exactly: command.time.millisecondsUp - milliseconds) != nil
            && isNear(command.run)
    }

    private func isNear(_ run: EventRun) -> Bool {
        switch run.content {
        case .jobs(let number), .found(let number):
            Int32(exactly: Int64(bitPattern: number &- job)) != nil
        default: true
        }
    }

    fileprivate mutating func append(
        _ digest: KeyDigest,
        of actor: KeyDigest,
        _ command: RememberedCommand
    ) -> Int {
        let known = actors.firstIndex(of: actor) ?? actors.count
        if known == actors.count { actors.append(actor) }
        // One that has got so far is likely to be filled.
        if entries.count == 16 { entries.reserveCapacity(255) }
        entries.append(
            RememberedKeys.Entry(
                digestHigh: (UInt32(digest.high >> 32), UInt32(truncatingIfNeeded: digest.high)),
                fingerprint: command.fingerprint,
                time: UInt32(command.time.millisecondsUp - milliseconds),
                digestLow: digest.low,
                sequence: UInt16(command.command - sequence),
                actor: UInt8(known)
            )
        )
        return entries.count - 1
    }

    /// False for what an entry can't say.
    fileprivate mutating func set(_ run: EventRun, at offset: Int) -> Bool {
        entries[offset].form = .apart
        guard let count = UInt16(exactly: run.sequences.count), isNear(run) else { return false }
        switch run.content {
        case .other: entries[offset].form = .other
        case .jobs(let number): entries[offset].set(.jobs, number &- job)
        case .found(let number): entries[offset].set(.found, number &- job)
        default: return false
        }
        entries[offset].count = count
        return true
    }
}

extension RememberedKeys.Entry {
    fileprivate var digest: KeyDigest {
        KeyDigest(high: UInt64(digestHigh.0) << 32 | UInt64(digestHigh.1), low: digestLow)
    }

    fileprivate mutating func set(_ form: RememberedKeys.Form, _ distance: UInt64) {
        self.form = form
        job = UInt32(truncatingIfNeeded: distance)
    }

    fileprivate func content(from base: UInt64) -> EventRun.Content {
        let number = base &+ UInt64(bitPattern: Int64(Int32(bitPattern: job)))
        return switch form {
        case .jobs: .jobs(first: number)
        case .found: .found(number)
        default: .other
        }
    }
}

extension Timestamp {
    /// Whole milliseconds, the next ones where it isn't one.
    fileprivate var millisecondsUp: Int64 {
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return rest > 0 ? whole + 1 : whole
    }
}
