/// What a run of seeds did, so that a green run says how much was tried.
package struct SimulationStatistics: Sendable, Equatable {
    package var seeds = 0
    package var powerCuts = 0
    package var processKills = 0
    package var orderlyCloses = 0
    /// Recoveries whose result the oracle judged.
    package var recoveries = 0
    /// Openings that an injected fault stopped, and that the next one had to bear.
    package var interruptedOpenings = 0
    /// Logs refused after a disk had lied; there nothing can be promised but the refusal.
    package var refusalsAfterLies = 0
    package var batches = 0
    /// By kind.
    package var faults: [String: Int] = [:]

    package init() {}

    package mutating func add(_ other: SimulationStatistics) {
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
    package var description: String {
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
