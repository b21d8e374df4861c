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
    public var limits: ServerLimits
    public var logger: Logger

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
