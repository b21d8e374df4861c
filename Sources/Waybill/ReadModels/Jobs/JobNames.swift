import Synchronization

/// The names that all read models of an engine know by numbers.
///
/// One table for all of them: what the jobs table numbers, the others show.
final class JobNames: Sendable {
    private struct Tables {
        var queues = NameTable()
        var kinds = NameTable()
        var workers = NameTable()
        var machines = NameTable()
    }

    private let tables = Mutex(Tables())

    func number(ofQueue name: Name) -> UInt32 { tables.withLock { $0.queues.number(of: name) } }
    func number(ofKind name: Name) -> UInt32 { tables.withLock { $0.kinds.number(of: name) } }
    func number(ofWorker name: Name) -> UInt32 { tables.withLock { $0.workers.number(of: name) } }
    func number(ofMachine name: Name) -> UInt32 { tables.withLock { $0.machines.number(of: name) } }

    func knownQueue(_ name: Name) -> UInt32? { tables.withLock { $0.queues.known(name) } }
    func knownKind(_ name: Name) -> UInt32? { tables.withLock { $0.kinds.known(name) } }
    func knownWorker(_ name: Name) -> UInt32? { tables.withLock { $0.workers.known(name) } }
    func knownMachine(_ name: Name) -> UInt32? { tables.withLock { $0.machines.known(name) } }

    func queue(_ number: UInt32) -> Name { tables.withLock { $0.queues[number] } }
    func kind(_ number: UInt32) -> Name { tables.withLock { $0.kinds[number] } }
    func worker(_ number: UInt32) -> Name { tables.withLock { $0.workers[number] } }
    func machine(_ number: UInt32) -> Name { tables.withLock { $0.machines[number] } }
}

/// Gives each distinct name a small number, so that a million rows don't hold a million strings.
struct NameTable: Sendable {
    private var numbers: [Name: UInt32] = [:]
    private var names: [Name] = []
    /// The number that was asked for last; the next one is mostly the same.
    private var latest = 0

    mutating func number(of name: Name) -> UInt32 {
        if latest < names.count, names[latest] == name { return UInt32(latest) }
        let number = numbers[name] ?? add(name)
        latest = Int(number)
        return number
    }

    /// The number of a name that was seen before.
    func known(_ name: Name) -> UInt32? { numbers[name] }

    subscript(number: UInt32) -> Name { names[Int(number)] }

    private mutating func add(_ name: Name) -> UInt32 {
        let number = UInt32(names.count)
        numbers[name] = number
        names.append(name)
        return number
    }
}

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
