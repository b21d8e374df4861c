import Glibc
import Simulator

/// A run of seeds of both kinds, with what each kind did.
struct SeedRun: CustomStringConvertible {
    private let decoder: StandardDecoder
    private let arguments: SimulateArguments
    private var log = SimulationStatistics()
    private var engine = EngineStatistics()

    init(_ arguments: SimulateArguments) throws(StandardDecoder.Failure) {
        self.arguments = arguments
        decoder = try StandardDecoder()
    }

    var count: Int { log.seeds + engine.log.seeds }

    var description: String {
        [log.seeds > 0 ? "THE LOG\n\(log)" : "", engine.log.seeds > 0 ? "THE ENGINE\n\(engine)" : ""]
            .filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// Returns the number of seeds that failed; throws the first one, traced, unless all are to be listed.
    mutating func run() throws(LogSimulation.Failure) -> Int {
        var failures = 0
        for seed in arguments.first..<arguments.first + arguments.seeds {
            do throws(LogSimulation.Failure) {
                _ = try run(seed, isTraced: false)
            } catch {
                failures += 1
                if arguments.listsFailures {
                    print(error)
                    continue
                }
                print(self)
                // The same seed again, now with everything written down.
                _ = try run(seed, isTraced: true)
                throw error
            }
            if count % 100_000 == 0 {
                print("… \(count) seeds")
                fflush(nil)
            }
        }
        return failures
    }

    /// Runs one seed of the kind that it stands for; returns what it did, line by line, if it was traced.
    mutating func run(_ seed: UInt64, isTraced: Bool) throws(LogSimulation.Failure) -> [String] {
        guard arguments.isEngine(seed) else {
            let outcome = try LogSimulation.run(seed: seed, isTraced: isTraced, decoder)
            log.add(outcome.statistics)
            return outcome.trace
        }
        let outcome = try EngineSimulation.run(seed: seed, isTraced: isTraced, decoder)
        engine.add(outcome.statistics)
        return outcome.trace
    }
}
