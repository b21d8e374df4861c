import ArgumentParser
import EventLog
import Orchestration
import Waybill
import WaybillWorkloads

/// The options of every command that reads a log.
struct DataOptions: ParsableArguments {
    @Option(help: "The directory that holds the log.")
    var data: String

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        try Self.check(directory: data)
    }

    /// The words of a process are texts here: a name that is none could not be given on unchanged.
    static func check(directory: String?) throws {
        if directory?.isEmpty == true { throw ValidationError("--data must name a directory.") }
        if directory?.unicodeScalars.contains("\u{fffd}") == true {
            throw ValidationError("--data must be UTF-8.")
        }
    }

    func recording() throws -> Recording { try Recording(at: data) }

    /// Folds the log, with a progress bar where there is a terminal.
    func fold(observing observe: @escaping (Event) -> Void = { _ in }) async throws -> (
        state: State, models: ReadModels
    ) {
        let recording = try recording()
        let bar = ProgressBar("reading")
        defer { bar.finish() }
        return try await recording.fold { event, end in
            if event.sequence % 4096 == 0 { bar.show(Int(clamping: event.sequence), of: Int(clamping: end)) }
            observe(event)
        }
    }
}

/// Paging of lists.
struct PageOptions: ParsableArguments {
    @Option(help: "Show at most this many.")
    var limit = 100

    @Option(help: "Show what comes after this id.")
    var after: UInt64?

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
    }

    var cursor: JobID? { after.map { JobID($0) } }

    /// What to give to `--after` for what comes behind these; nil behind the last.
    func next<Item>(_ page: [Item], _ number: (Item) -> UInt64) -> UInt64? {
        page.count == limit ? page.last.map(number) : nil
    }
}
