import ArgumentParser
import EventLog
import Foundation
import Orchestration
import Waybill
import WaybillWorkloads

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Plays recorded workloads through the engine into a log.",
        discussion: """
            Each FILE is told by its content: HPC traces (SWF, sacct --parsable2), bike-station status (tables, GBFS), \
            convergence curves, image requests, CI attempts, or command scripts (one JSON object a line); .gz is read \
            as it is, and tables as spreadsheets, R and pandas write them. All files \
            start together at zero of one virtual clock, driven by the times in them. Afterwards a second process \
            folds the log and the digests are compared.

            Exit status: 0 when the digests agree; 1 when they don't, when a file can't be played, or under \
            --strict when a line is malformed (nothing is played then) or a command was refused unexpectedly.
            """
    )

    @Argument(help: "Workload files.", completion: .file())
    var files: [String]

    @Option(help: "Directory for the log; must hold none yet. Default: a temporary one, removed at the end.")
    var data: String?

    @Option(
        help: "At most this many leases at a time, over all files. Default: as many as the machines hold."
    )
    var workers: Int?

    @Option(
        help:
            "The list of bike stations. Default: bike_oslo_stations.csv, stations.csv or station_information.json beside the status file."
    )
    var stations: String?

    @Option(help: "commit: durable before every answer; none: not synced.")
    var durability = Durability.commit

    @Option(help: "Play only this many data lines of each file.")
    var limit: Int?

    @Flag(
        help:
            "Play nothing when a line is malformed, instead of passing over it; exit with 1 after a refusal that was not expected."
    )
    var strict = false

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func validate() throws {
        try DataOptions.check(directory: data)
        guard !files.isEmpty else { throw ValidationError("Give at least one workload file.") }
        guard workers.map({ $0 > 0 }) ?? true else { throw ValidationError("--workers must be at least 1.") }
        guard limit.map({ $0 > 0 }) ?? true else { throw ValidationError("--limit must be at least 1.") }
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let report = try await played()
            if json { try Output.json(report) } else { report.print() }
            guard report.digest == report.replayDigest else {
                throw CommandFailure(
                    "the replay's digest differs: \(report.digest) against \(report.replayDigest)"
                )
            }
            if strict, report.unexpectedRefusals > 0 {
                throw CommandFailure("\(report.unexpectedRefusals) unexpected refusals (--strict)")
            }
        }
    }

    /// A temporary log is gone before anything is printed: a reader that goes away ends the process there.
    private func played() async throws -> RunReport {
        let directory = try RunDirectory(data)
        defer { directory.removeIfTemporary() }
        let workloads = try read()
        try directory.create()
        return try await play(workloads, in: directory.path)
    }

    private func read() throws -> [Workload] {
        var workloads: [Workload] = []
        for (file, name) in zip(files, WorkloadReader.names(of: files)) {
            let bar = ProgressBar("reading \((file as NSString).lastPathComponent)")
            defer { bar.finish() }
            let reader = WorkloadReader(stationsPath: stations, limit: limit) { bar.show($0, of: $1) }
            let workload = try reader.read(path: file, name: name)
            // Cleared before the notes, which are lines of their own.
            bar.finish()
            for side in workload.sideFiles { try judge(side.account, of: side.path, use: "used") }
            try judge(workload.account, of: file, use: "played")
            workloads.append(workload)
        }
        return workloads
    }

    /// Malformed lines are shown, the first few by number; under `--strict`, or when nothing else is there, they
    /// end the run.
    private func judge(_ account: LineAccount, of file: String, use: String) throws {
        for problem in account.problems { Output.diagnostic("\(file): \(problem)") }
        let unshown = account.skipped - account.problems.count
        if unshown > 0 { Output.diagnostic("\(file): and \(unshown) more malformed lines") }
        if strict, account.skipped > 0 {
            throw CommandFailure("\(file): \(account.skipped) malformed lines; nothing was played (--strict)")
        }
        if account.data == 0 {
            throw CommandFailure("\(file): none of its \(account.total) lines can be \(use)")
        }
    }

    private func play(_ workloads: [Workload], in directory: String) async throws -> RunReport {
        // A fixed seed: the same files and options give the same events.
        let options = EngineOptions(
            durability: durability,
            clock: .virtual(start: Workload.epoch(of: workloads)),
            seed: 1,
            // Judged again under the lock: another run may have begun while the files were read.
            requiresNewLog: true
        )
        let engine = try await Engine.open(at: directory, options: options)
        let counting = Task { try await Tally.counting(engine.events()) }
        let bar = ProgressBar("playing")
        let start = ContinuousClock.now
        var player = Player(workloads, engine: engine, options: Player.Options(workers: workers)) {
            bar.show($0, of: $1)
        }
        do {
            try await player.play()
        } catch {
            bar.finish()
            do { try await engine.close() } catch { Output.diagnostic("waybill: \(error)") }
            throw error
        }
        bar.finish()
        for refusal in player.unexpectedRefusals { Output.diagnostic("\(refusal)") }
        let unshown = player.unexpectedRefusalCount - player.unexpectedRefusals.count
        if unshown > 0 { Output.diagnostic("and \(unshown) more unexpected refusals") }
        let stateDigest = try await engine.inspect { $0.digest }.value
        try await engine.close()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        var tally = try await counting.value
        let digest = tally.digest(withState: stateDigest)
        return try RunReport(
            tally: tally,
            player: player,
            workloads: workloads,
            log: try verifyLog(Recording(at: directory).files),
            seconds: seconds,
            digest: digest,
            replay: DigestProcess.fold(directory)
        )
    }
}
