import HTTPTypes
import NIOHTTP1

/// What a request is directed to (RFC 9112, 3.2): a path with its query, and the host where the target says that too.
struct RequestTarget {
    /// Of a target in absolute form, which replaces the Host field.
    let authority: Authority?
    /// The path, with encoded characters that need no encoding as they are (RFC 3986, 6.2.2.2), and the query as it came.
    let path: String

    init(_ head: HTTPRequestHead) throws(Problem) {
        let target = head.uri
        if target.utf8.contains(0x23) { throw .malformed("the target has a fragment") }
        // Nobody serves these two; the router says so.
        if head.method == .CONNECT || (head.method == .OPTIONS && target == "*") {
            self.init(authority: nil, path: target)
        } else if target.utf8.first == 0x2f {
            self.init(authority: nil, path: try Self.normalized(target[...]))
        } else {
            self = try Self(absolute: target)
        }
    }

    private init(authority: Authority?, path: String) {
        self.authority = authority
        self.path = path
    }

    private init(absolute target: String) throws(Problem) {
        guard let mark = target.firstRange(of: "://") else {
            throw .malformed("the target is neither a path nor an address")
        }
        let rest = target[mark.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        guard let authority = Authority(rest[..<end]) else {
            throw .malformed("the target names no sound host")
        }
        guard target[..<mark.lowerBound].lowercased() == "http" else {
            throw Problem(.misdirectedRequest, "otherScheme", "this server speaks plain http")
        }
        let path = rest[end...]
        self.init(
            authority: authority,
            path: try Self.normalized(path.first == "/" ? path : "/" + path)
        )
    }

    private static func normalized(_ target: Substring) throws(Problem) -> String {
        let path = target.prefix { $0 != "?" }
        guard path.utf8.contains(0x25) else { return String(target) }
        guard let decoded = PercentEncoding.normalized(path) else {
            throw .malformed("the path has a % that two hexadecimal digits don't follow")
        }
        return decoded + target[path.endIndex...]
    }
}

/// The name and port that a request is directed to (RFC 3986, 3.2; without a user, which HTTP forbids).
struct Authority: Hashable {
    /// In lower case, as the name is the same in any (RFC 9110, 4.2.3); an IPv6 address in its brackets.
    let host: String
    /// `:` and digits; empty where there is none.
    let port: String

    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let hostEnd: Int
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")),
                bytes[1..<end].allSatisfy({ Self.isHex($0) || $0 == 0x3a || $0 == 0x2e })
            else { return nil }
            hostEnd = end + 1
        } else {
            hostEnd = bytes.firstIndex(of: 0x3a) ?? bytes.endIndex
            guard hostEnd > 0, bytes[..<hostEnd].allSatisfy(Self.isInName) else { return nil }
        }
        let port = bytes[hostEnd...]
        guard port.isEmpty || port.first == 0x3a, port.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        host = String(decoding: bytes[..<hostEnd], as: UTF8.self).lowercased()
        self.port = String(decoding: port, as: UTF8.self)
    }

    var text: String { host + port }

    private static func isHex(_ byte: UInt8) -> Bool { PercentEncoding.digit(byte) != nil }

    /// Unreserved characters, sub-delimiters and what begins an escape.
    private static func isInName(_ byte: UInt8) -> Bool {
        PercentEncoding.isUnreserved(byte) || "!$&'()*+,;=%".utf8.contains(byte)
    }
}
