import Glibc
import Simulator

/// Runs the simulator from the command line; exit status 1 says that a seed or a crash failed, 2 that the
/// arguments were wrong.
@main
enum Simulate {
    static func main() {
        guard let arguments = SimulateArguments(Array(CommandLine.arguments.dropFirst())) else {
            print(SimulateArguments.usage)
            exit(2)
        }
        do {
            if arguments.explores { try explore(isDeep: arguments.isDeep) }
            if let seed = arguments.single { try runOne(seed) }
            if arguments.seeds > 0 { try runMany(arguments) }
        } catch {
            print("FAILED: \(error)")
            exit(1)
        }
    }

    private static func runOne(_ seed: UInt64) throws {
        let outcome = try LogSimulation.run(seed: seed, isTraced: true, StandardDecoder())
        print(outcome.trace.joined(separator: "\n"))
        print(outcome.statistics)
    }

    private static func runMany(_ arguments: SimulateArguments) throws {
        let decoder = try StandardDecoder()
        var total = SimulationStatistics()
        var failures = 0
        for seed in arguments.first..<arguments.first + arguments.seeds {
            do throws(LogSimulation.Failure) {
                total.add(try LogSimulation.run(seed: seed, decoder).statistics)
            } catch {
                failures += 1
                if arguments.listsFailures {
                    print(error)
                    continue
                }
                print(total)
                // The same seed again, now with everything written down.
                _ = try LogSimulation.run(seed: seed, isTraced: true, decoder)
                throw error
            }
            if total.seeds % 100_000 == 0 { print("… \(total.seeds) seeds") }
        }
        print(total)
        if failures > 0 {
            print("FAILED: \(failures) seeds")
            exit(1)
        }
    }

    private static func explore(isDeep: Bool) throws {
        var failures = 0
        for scenario in CrashScenario.all {
            let explorer = LogExplorer(
                scenario.steps,
                prepared: scenario.prepared,
                durability: scenario.durability,
                crashesRecovery: isDeep
            )
            let report = try explorer.explore()
            print("\(scenario): \(report)")
            fflush(nil)
            failures += report.failures.count
        }
        if failures > 0 { exit(1) }
    }
}
