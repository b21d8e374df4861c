import HTTPTypes
import JSONText
import ServerTestSupport
import Synchronization
import TestSupport
import WaybillHTTP

/// A backend that is no engine: a number that is added to.
final class Counter: Backend {
    struct Count: JSONObject {
        let value: UInt8

        func write(to json: inout JSONWriter) { json.field("count", UInt64(value)) }
    }

    struct Overflow: Error {}
    struct Bug: Error {}

    private struct State {
        var count: UInt8 = 0
        var changes: UInt64 = 0
        var follows = true
        var answers: [String] = []
    }

    private let state = Mutex(State())

    var count: UInt8 { state.withLock { $0.count } }
    /// What was recorded: method, path and status.
    var answers: [String] { state.withLock { $0.answers } }

    func add(_ number: UInt8) throws {
        try state.withLock { state in
            let (sum, isOver) = state.count.addingReportingOverflow(number)
            if isOver { throw Overflow() }
            state.count = sum
            state.changes += 1
        }
    }

    /// From now on reads lag behind.
    func fallBehind() { state.withLock { $0.follows = false } }

    var sequence: UInt64 { state.withLock { $0.changes } }

    func awaitReads(of sequence: UInt64) async throws {
        guard state.withLock({ $0.follows }) else { throw Problem.behind }
    }

    func version(under number: UInt64) async -> UInt64? { sequence }

    func problem(for error: any Error) -> Problem? {
        error is Overflow ? Problem(.conflict, "overflow", "the number would be over 255") : nil
    }

    func record(_ answer: EndpointAnswer) {
        let line = "\(answer.method.rawValue) \(answer.path) \(answer.status.code)"
        state.withLock { $0.answers.append(line) }
    }
}

extension Counter {
    static let endpoints: [Endpoint<Counter>] = [
        Endpoint(.get, "/count", APIOperation("Count", "readCount", "The number")) { call in
            try call.query.finish()
            return Reply.json(Count(value: call.backend.count)).tagged(call.backend.sequence)
        },
        Endpoint(
            .post,
            "/count",
            APIOperation("Count", "add", "Add to the number").body(.object([.required("by", .natural())]))
        ) { call in
            var fields = try call.fields()
            let number = try fields.integer("by", UInt8.self)
            try fields.finish()
            try call.backend.add(number ?? 0)
            return .empty()
        },
        Endpoint(.get, "/digits/{number}", APIOperation("Count", "digits", "As many zeros")) { call in
            let text = String(repeating: "0", count: Int(try call.number("number")))
            return .text(text, "text/plain")
        },
        Endpoint(.get, "/live", APIOperation("Count", "follow", "Word by word")) { _ in
            Reply(
                .ok,
                headers: [.contentType: "text/plain"],
                body: .stream { writer in
                    for word in ["one ", "two "] { try await writer.write(Array(word.utf8)) }
                }
            )
        },
        Endpoint(.get, "/echo", APIOperation("Count", "echo", "What the query says")) { call in
            let text = try call.query.text("text")
            try call.query.finish()
            return .text(text ?? "", "text/plain")
        },
        Endpoint(.get, "/echo/{text}", APIOperation("Count", "echoPath", "What the path says")) { call in
            .text(try call.text("text"), "text/plain")
        },
        Endpoint(.get, "/bug", APIOperation("Count", "bug", "What nobody foresaw")) { _ in throw Bug() },
        live,
    ]

    /// Says who follows, and ends.
    static func session(_ name: String) -> WebSocketRoute.Session? {
        if name == "nobody" { return nil }
        if name == "listening" { return { _ in try await Latch().pass() } }
        return { socket in
            var json = JSONWriter()
            json.field("name", name)
            try await socket.send(json.finish())
        }
    }

    private static let live: Endpoint<Counter> = {
        var live = Endpoint<Counter>(.get, "/livez", APIOperation("Health", "live", "Whether it lives")) {
            _ in
            .text("alive", "text/plain")
        }
        live.waitsForReads = false
        return live
    }()
}

/// A counter behind a real server, on a free port of this machine, for as long as a test's body runs.
struct CounterServer: TestClient {
    let counter: Counter
    let port: Int

    static func run(
        limits: ServerLimits = ServerLimits(),
        origins: Set<String> = [],
        _ body: (CounterServer) async throws -> Void
    ) async throws {
        let counter = Counter()
        var limits = limits
        // On a machine that is busy with other tests a client may be silent for long.
        limits.handshake = .seconds(600)
        try await RunningService.run { onReady in
            HTTPServer(
                counter,
                OpenAPI(
                    title: "Counter",
                    version: "1",
                    introduction: "",
                    endpoints: Counter.endpoints,
                    schemas: []
                ),
                webSockets: { _ in
                    [WebSocketRoute(prefix: "/ws/") { name in Counter.session(name) }]
                },
                options: ServerOptions(port: 0, origins: origins, limits: limits, logger: .silent),
                onReady: { _, port in onReady(port) }
            )
        } _: { port, _ in
            try await body(CounterServer(counter: counter, port: port))
        }
    }
}
