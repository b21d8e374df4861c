import ArgumentParser
import EventLog
import Logging
import ServiceLifecycle
import UnixSignals
import Waybill
import WaybillServer
import WaybillServices

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves a log over HTTP, WebSocket and server-sent events.",
        discussion: """
            The API under /v1 and the paths of the five services, described at /docs and /openapi.json. The log is \
            made where there is none. SIGTERM and SIGINT end it in order: nothing new is taken, what is under way \
            finishes, the log is synced and closed.

            There is no authentication yet: it listens on this machine alone, unless --insecure says otherwise.
            """
    )

    @Option(help: "The directory that holds the log; no other process may be writing it.")
    var data: String

    @Option(help: ArgumentHelp("Where to listen; port 0 takes any free one.", valueName: "host:port"))
    var listen = ListenAddress(host: "127.0.0.1", port: 8000)

    @Flag(help: "Listen beyond this machine, though everybody who reaches it may command the engine.")
    var insecure = false

    @Option(
        help: ArgumentHelp(
            "An origin of web pages that may call, besides the server's own; may stand several times.",
            valueName: "origin"
        )
    )
    var allowOrigin: [String] = []

    @Option(help: "When a command is answered: once it is on disk (commit), or at once (none).")
    var durability = Durability.commit

    @Option(help: "Idempotency keys that are remembered, up to 40 bytes of memory each.")
    var idempotencyKeys = IdempotencyBounds().count

    @Option(help: "Images of one generation at most, from 1 to 1000.")
    var maxImages = ServiceOptions().imagesPerGeneration

    @Option(
        help: ArgumentHelp(
            "How long the server takes over a generation before it draws its images, as a provider elsewhere would.",
            valueName: "time"
        )
    )
    var imageDelay = DurationArgument.seconds(0)

    func validate() throws {
        try DataOptions.check(directory: data)
        guard idempotencyKeys > 0 else { throw ValidationError("--idempotency-keys must be at least 1.") }
        guard ServiceOptions.imageCounts.contains(maxImages) else {
            throw ValidationError("--max-images must be from 1 to 1000.")
        }
        for origin in allowOrigin where origin.wholeMatch(of: /https?:\/\/[^\/*?#@]+/) == nil {
            throw ValidationError("\(origin) is no origin; name one such as https://ops.example.com.")
        }
        if !listen.isLoopback, !insecure {
            throw ValidationError(
                "\(listen.host) is not this machine alone, and there is no authentication yet: whoever reaches it "
                    + "commands the engine. Say --insecure if that is meant."
            )
        }
    }

    @concurrent
    func run() async throws {
        try await reporting {
            var logger = Logger(label: "waybill")
            logger.logLevel = .notice
            if !listen.isLoopback {
                Output.diagnostic(
                    "waybill: WARNING: \(listen.host) is open to others and nobody is asked who they are: "
                        + "whoever reaches it commands the engine"
                )
            }
            let engine = try await Engine.open(
                at: data,
                options: EngineOptions(
                    durability: durability,
                    idempotency: IdempotencyBounds(count: idempotencyKeys),
                    logger: logger
                )
            )
            do {
                try await serve(engine, logger)
            } catch {
                try? await engine.close()
                throw error
            }
            try await engine.close()
            Output.diagnostic("waybill: closed at sequence \(engine.durableSequence)")
        }
    }

    private func serve(_ engine: Engine, _ logger: Logger) async throws {
        let options = ServerOptions(
            host: listen.host,
            port: listen.port,
            isOpen: insecure,
            origins: Set(allowOrigin),
            logger: logger
        )
        let services = ServiceOptions(imagesPerGeneration: maxImages, imageDelay: imageDelay.span)
        let server = EngineServer(engine, options: options, adding: RouteGroup.services(services)) {
            host,
            port in
            let name = host.contains(":") ? "[\(host)]" : host
            Output.line("serving \(data) at http://\(name):\(port)")
        }
        var configuration = ServiceGroupConfiguration(
            services: [server],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // A client that neither sends nor takes must not keep the log open.
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// `host:port`, with an IPv6 address in brackets.
struct ListenAddress: ExpressibleByArgument {
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"),
            let port = UInt16(argument[argument.index(after: colon)...])
        else { return nil }
        var host = argument[..<colon]
        if host.first == "[", host.last == "]" {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: Int(port))
    }

    var defaultValueDescription: String { "\(host):\(port)" }
}

extension ListenAddress {
    var isLoopback: Bool { Loopback.holds(host) }
}
