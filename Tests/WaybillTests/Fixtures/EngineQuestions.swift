import EventLog
import Logging
import TestSupport
import Waybill

/// Who acts in these tests.
let me = CommandContext(actor: "tester")

/// The smallest segments, a virtual clock that stands at 1,000 s, and a fixed seed.
func smallOptions(
    intakeCapacity: Int = 65_536,
    feedEvents: Int = 262_144,
    clock: EngineClock = .virtual(start: Timestamp(seconds: 1000))
) -> EngineOptions {
    EngineOptions(
        clock: clock,
        limits: LogLimits(segmentBytes: 64 << 10),
        intakeCapacity: intakeCapacity,
        feedEvents: feedEvents,
        seed: 7,
        logger: .silent
    )
}

/// The error that `body` throws, if it is one of the engine's.
func engineError<Value>(_ body: () async throws -> Value) async -> EngineError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? EngineError
    }
}

/// The domain's reason for which `body` was refused.
func refusal<Value>(_ body: () async throws -> Value) async -> Refusal? {
    if case .refused(let refusal) = await engineError(body) { refusal } else { nil }
}

/// The digest of the state that the engine decides with.
func digest(of engine: Engine) async throws -> String {
    try await engine.inspect { state in state.digest }.value
}

/// The digest of the state that the log on `files` folds to.
func foldedDigest(_ files: any LogFS, _ options: EngineOptions) async throws -> String {
    var fold = LogFold(limits: options.limits)
    try await fold.read(EventReader(files))
    return fold.state.digest
}

/// Every event on `files`, read without the engine.
func storedEvents(_ files: any LogFS) throws -> [Event] {
    let reader = try EventReader(files)
    var events: [Event] = []
    while let batch = try reader.nextBatch() { events += batch }
    return events
}

/// What a subscriber sees after `cursor`, through `sequence`.
func subscribed(_ engine: Engine, after cursor: Cursor = .start, through sequence: UInt64) async throws
    -> [Event]
{
    var seen: [Event] = []
    for try await events in try engine.events(after: cursor) {
        seen += events
        if seen.last.map({ $0.sequence >= sequence }) ?? false { break }
    }
    return seen
}
