/// Who may call from where: no web page that an operator happens to visit may command an engine on the same machine.
///
/// A page of the server's own or from the list may. A server that only this machine reaches answers to no other name:
/// a page's own domain can be made to point at it.
struct OriginPolicy: Sendable {
    let allowed: Set<String>
    /// Whether the server listens to this machine only.
    let isLoopback: Bool

    /// Programs send no origin; browsers always say it where it matters.
    func admits(_ origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        if allowed.contains(origin) { return true }
        guard let host, let mark = origin.firstRange(of: "://") else { return false }
        return origin[mark.upperBound...] == host
    }

    /// Whether the server goes by the name that a request gives it.
    func answers(to host: String?) -> Bool {
        guard isLoopback, let host else { return true }
        return Loopback.holds(Self.name(of: host))
    }

    /// Without the port.
    private static func name(of host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
        return String(host.prefix { $0 != ":" })
    }
}
