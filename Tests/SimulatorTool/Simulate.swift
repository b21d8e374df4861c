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
            if arguments.explores { try explore(arguments) }
            if let seed = arguments.single { try runOne(seed, arguments) }
            if arguments.seeds > 0 { try runMany(arguments) }
        } catch {
            print("FAILED: \(error)")
            exit(1)
        }
    }

    private static func runOne(_ seed: UInt64, _ arguments: SimulateArguments) throws {
        var run = try SeedRun(arguments)
        print(try run.run(seed, isTraced: true).joined(separator: "\n"))
        print(run)
    }

    private static func runMany(_ arguments: SimulateArguments) throws {
        var run = try SeedRun(arguments)
        let failures = try run.run()
        print(run)
        if failures > 0 {
            print("FAILED: \(failures) seeds")
            exit(1)
        }
    }

    private static func explore(_ arguments: SimulateArguments) throws {
        var failures = 0
        if arguments.level != .engine {
            for scenario in CrashScenario.all {
                let explorer = LogExplorer(
                    scenario.steps,
                    prepared: scenario.prepared,
                    durability: scenario.durability,
                    crashesRecovery: arguments.isDeep
                )
                failures += show(try explorer.explore(), of: "\(scenario)")
            }
        }
        if arguments.level != .log {
            for scenario in EngineScenario.all {
                let explorer = EngineExplorer(scenario, tearsAtOnce: arguments.isDeep ? 1 : 0)
                failures += show(try explorer.explore(), of: "\(scenario)")
            }
        }
        if failures > 0 { exit(1) }
    }

    /// Prints a report and returns the number of its failures.
    private static func show(_ report: ExplorerReport, of scenario: String) -> Int {
        print("\(scenario): \(report)")
        fflush(nil)
        return report.failures.count
    }
}
