/// Why a server doesn't serve.
public enum ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It would listen beyond this machine, and asks nobody who they are.
    case openWithoutAuthentication(host: String)
    /// The system doesn't let it listen there.
    case cannotListen(host: String, port: Int, reason: String)

    public var description: String {
        switch self {
        case .openWithoutAuthentication(let host):
            "\(host) is not a loopback address, and there is no authentication yet: whoever reaches it commands "
                + "the engine; say that this is meant, or listen on 127.0.0.1"
        case .cannotListen(let host, let port, let reason):
            "can't listen on \(host), port \(port): \(reason); choose another address, or end who has it"
        }
    }
}

/// What only programs on this machine reach.
public enum Loopback {
    /// Whether only programs on this machine reach the host.
    public static func holds(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host == "[::1]" || (host.hasPrefix("127.") && isAddress(host))
    }

    private static func isAddress(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
