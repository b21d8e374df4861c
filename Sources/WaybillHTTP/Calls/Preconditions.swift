import HTTPTypes

/// A version of what stands under a path (RFC 9110, 8.8.3).
struct EntityTag: Sendable, Hashable {
    /// A weak one stands for versions that mean the same.
    let isWeak: Bool
    /// What stands between the quotes.
    let text: String

    /// The number that it is, where it is one as this server gives it.
    var version: UInt64? {
        guard !isWeak, let number = UInt64(text), String(number) == text else { return nil }
        return number
    }
}

/// The versions that a condition names: `*` for any, or a list.
enum EntityTags: Sendable, Hashable {
    case any
    case list([EntityTag])

    /// Reads the whole field, whose lines were joined by commas; nil where it is malformed.
    init?(_ field: String) {
        let bytes = Array(field.utf8)
        if bytes == [UInt8(ascii: "*")] {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        var rest = bytes[...]
        while true {
            // Blanks, and elements that are empty (5.6.1).
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x2c }
            if rest.isEmpty { break }
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == 0x22, let end = rest.dropFirst().firstIndex(of: 0x22) else { return nil }
            let text = rest[(rest.startIndex + 1)..<end]
            guard text.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
            tags.append(EntityTag(isWeak: isWeak, text: String(decoding: text, as: UTF8.self)))
            rest = rest[(end + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
            guard rest.isEmpty || rest.first == 0x2c else { return nil }
        }
        if tags.isEmpty { return nil }
        self = .list(tags)
    }

    /// Whether one of them is the very version; a weak one never is (8.8.3.2).
    func matchesStrongly(_ tag: EntityTag?) -> Bool {
        switch self {
        case .any: true
        case .list(let tags): tags.contains { !$0.isWeak && !(tag?.isWeak ?? true) && $0.text == tag?.text }
        }
    }

    /// Whether one of them means the same.
    func matchesWeakly(_ tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .list(let tags): tags.contains { $0.text == tag.text }
        }
    }
}

/// What a request says of the versions that it knows or expects (RFC 9110, 13.1).
struct Preconditions: Sendable {
    /// `If-Match`: the request is for one of these.
    let expected: EntityTags?
    /// `If-None-Match`: the client has these already.
    let known: EntityTags?

    init(_ request: HTTPRequest) throws(Problem) {
        expected = try Self.tags(request.headerFields, .ifMatch)
        known = try Self.tags(request.headerFields, .ifNoneMatch)
        if known != nil, !request.method.isSafe {
            throw .malformed("If-None-Match is for GET and HEAD; a command takes If-Match")
        }
    }

    private static func tags(_ headers: HTTPFields, _ name: HTTPField.Name) throws(Problem) -> EntityTags? {
        guard let field = headers[name] else { return nil }
        guard let tags = EntityTags(field) else {
            throw .malformed("\(name) must be * or ETags with commas between them, such as \"17\", \"18\"")
        }
        return tags
    }

    /// What a read answers: 412 where the version isn't one that is expected, and without a body where the client has it.
    func applied(to reply: Reply) throws(Problem) -> Reply {
        guard reply.status == .ok else { return reply }
        if let expected, !expected.matchesStrongly(reply.tag) {
            let shown = reply.headers[.eTag].map { "its version is \($0)" } ?? "it has no version"
            throw Problem(
                .preconditionFailed,
                "versionConflict",
                "none of the versions in If-Match: \(shown)"
            )
        }
        guard let known, let tag = reply.tag, reply.isWholeByTag, known.matchesWeakly(tag) else {
            return reply
        }
        var short = reply
        short.status = .notModified
        short.body = .empty
        short.headers[.contentType] = nil
        return short
    }

    /// The version that a command expects of what it changes.
    ///
    /// - Parameter present: Asked where several would do.
    func expectedVersion(_ present: () async -> UInt64?) async -> UInt64? {
        guard case .list(let tags) = expected else { return nil }
        let versions = tags.compactMap(\.version)
        if versions.count > 1, let present = await present(), versions.contains(present) { return present }
        // Nothing has version 0: the command is refused, unless there is more to say against it.
        return versions.max() ?? 0
    }
}
