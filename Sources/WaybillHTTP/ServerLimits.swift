/// What one client may take of a server.
public struct ServerLimits: Sendable, Hashable {
    /// Bytes of a request's body.
    public var bodyBytes: Int
    /// Bytes of all bodies that are being read at once; a request beyond them is to come again.
    public var allBodiesBytes: Int
    /// Bytes of all header fields of a request, names included.
    public var headerBytes: Int
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

    public init(
        bodyBytes: Int = 4 << 20,
        allBodiesBytes: Int = 256 << 20,
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
}
