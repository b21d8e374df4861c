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

    func number(ofQueue name: String) -> UInt32 { tables.withLock { $0.queues.number(of: name) } }
    func number(ofKind name: String) -> UInt32 { tables.withLock { $0.kinds.number(of: name) } }
    func number(ofWorker name: String) -> UInt32 { tables.withLock { $0.workers.number(of: name) } }
    func number(ofMachine name: String) -> UInt32 { tables.withLock { $0.machines.number(of: name) } }

    func knownQueue(_ name: String) -> UInt32? { tables.withLock { $0.queues.known(name) } }
    func knownKind(_ name: String) -> UInt32? { tables.withLock { $0.kinds.known(name) } }
    func knownWorker(_ name: String) -> UInt32? { tables.withLock { $0.workers.known(name) } }
    func knownMachine(_ name: String) -> UInt32? { tables.withLock { $0.machines.known(name) } }

    func queue(_ number: UInt32) -> String { tables.withLock { $0.queues[number] } }
    func kind(_ number: UInt32) -> String { tables.withLock { $0.kinds[number] } }
    func worker(_ number: UInt32) -> String { tables.withLock { $0.workers[number] } }
    func machine(_ number: UInt32) -> String { tables.withLock { $0.machines[number] } }
}
