public import Logging

/// How a server listens, and what it takes.
public struct ServerOptions: Sendable {
    /// A name or an address; loopback unless ``isOpen``.
    public var host: String
    /// 0 for any free port.
    public var port: Int
    /// Whether addresses other than loopback are allowed, though nobody is asked who they are yet.
    public var isOpen: Bool
    /// Origins of web pages, such as `https://ops.example.com`, that may call besides the server's own.
    public var origins: Set<String>
    /// What one client may take of it.
    public var limits: ServerLimits
    /// Told of what goes wrong.
    public var logger: Logger

    /// On port 8000 of this machine alone, unless otherwise said.
    public init(
        host: String = "127.0.0.1",
        port: Int = 8000,
        isOpen: Bool = false,
        origins: Set<String> = [],
        limits: ServerLimits = ServerLimits(),
        logger: Logger = Logger(label: "waybill.server")
    ) {
        self.host = host
        self.port = port
        self.isOpen = isOpen
        self.origins = origins
        self.limits = limits
        self.logger = logger
    }
}

/// What one client may take of a server.
public struct ServerLimits: Sendable, Hashable {
    /// Bytes of a request's body.
    public var bodyBytes: Int
    /// Bytes of all bodies that are held at once, and of what is parsed of them; a request beyond them is to come again.
    public var allBodiesBytes: Int
    /// Bytes of all header fields of a request, names included.
    public var headerBytes: Int
    /// Header fields of a request.
    public var headerCount: Int
    /// Connections at once; more wait to be accepted.
    public var connections: Int
    /// How long a new connection may say nothing.
    public var handshake: Duration
    /// How long a request's head or body may take to arrive, and a connection may be idle.
    public var idle: Duration
    /// Bytes of a frame or message that a WebSocket client sends.
    public var frameBytes: Int
    /// Clients that follow events or a curve at once.
    public var liveClients: Int
    /// The longest that a request may wait for work.
    public var wait: Duration
    /// How often a live client that nothing happens for is sent a sign of life.
    public var ping: Duration
    /// How long a client may take nothing of what a live answer holds before it is let go.
    public var stall: Duration

    /// The usual limits, but for what is named.
    public init(
        bodyBytes: Int = 4 << 20,
        allBodiesBytes: Int = 128 << 20,
        headerBytes: Int = 32 << 10,
        headerCount: Int = 100,
        connections: Int = 4096,
        handshake: Duration = .seconds(10),
        idle: Duration = .seconds(30),
        frameBytes: Int = 64 << 10,
        liveClients: Int = 1024,
        wait: Duration = .seconds(60),
        ping: Duration = .seconds(15),
        stall: Duration = .seconds(60)
    ) {
        self.bodyBytes = bodyBytes
        self.allBodiesBytes = allBodiesBytes
        self.headerBytes = headerBytes
        self.headerCount = headerCount
        self.connections = connections
        self.handshake = handshake
        self.idle = idle
        self.frameBytes = frameBytes
        self.liveClients = liveClients
        self.wait = wait
        self.ping = ping
        self.stall = stall
    }

    /// Bytes that one body may take once it is parsed.
    var parsedBodyBytes: Int { min(16 * bodyBytes, allBodiesBytes / 2) }
}
