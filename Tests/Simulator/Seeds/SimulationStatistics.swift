/// What a run of seeds did, so that a green run says how much was tried.
public struct SimulationStatistics: Sendable, Equatable {
    public var seeds = 0
    public var powerCuts = 0
    public var processKills = 0
    public var orderlyCloses = 0
    /// Recoveries whose result the oracle judged.
    public var recoveries = 0
    /// Openings that an injected fault stopped, and that the next one had to bear.
    public var interruptedOpenings = 0
    /// Logs refused after a disk had lied; there nothing can be promised but the refusal.
    public var refusalsAfterLies = 0
    public var batches = 0
    /// By kind.
    public var faults: [String: Int] = [:]

    public init() {}

    public mutating func add(_ other: SimulationStatistics) {
        seeds += other.seeds
        powerCuts += other.powerCuts
        processKills += other.processKills
        orderlyCloses += other.orderlyCloses
        recoveries += other.recoveries
        interruptedOpenings += other.interruptedOpenings
        refusalsAfterLies += other.refusalsAfterLies
        batches += other.batches
        faults.merge(other.faults, uniquingKeysWith: +)
    }
}

extension SimulationStatistics: CustomStringConvertible {
    public var description: String {
        let kinds = faults.sorted { $0.key < $1.key }.map { "  \($0.value) × \($0.key)" }
        return """
            seeds run            \(seeds)
            batches acknowledged \(batches)
            power cuts           \(powerCuts)
            process kills        \(processKills)
            orderly closes       \(orderlyCloses)
            recoveries judged    \(recoveries)
            openings interrupted \(interruptedOpenings)
            refused after lies   \(refusalsAfterLies)
            faults injected      \(faults.values.reduce(0, +))
            \(kinds.joined(separator: "\n"))
            """
    }
}
