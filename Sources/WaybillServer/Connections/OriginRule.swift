/// Which web pages may call: those of the server itself and those on a list, so that a page that an operator happens
/// to visit can't command an engine on the same machine.
struct OriginRule: Sendable {
    let allowed: Set<String>

    /// Programs send no origin; browsers always say it where it matters.
    func admits(_ origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        if allowed.contains(origin) { return true }
        guard let host, let mark = origin.firstRange(of: "://") else { return false }
        return origin[mark.upperBound...] == host
    }
}
