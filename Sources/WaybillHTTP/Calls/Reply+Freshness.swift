import HTTPTypes

extension Reply {
    /// Nothing but that it was done.
    package static func empty(sequence: UInt64? = nil) -> Reply {
        Reply(.noContent, sequence: sequence)
    }

    /// With its version as the ETag; without a body where the client says that it has this version.
    package func tagged(_ version: UInt64, for call: Call<some Backend>) -> Reply {
        tagged("\"\(version)\"", call)
    }

    /// With an ETag made of what it says, for what has no version; without a body where the client has it.
    package func taggedByContent(for call: Call<some Backend>) -> Reply {
        guard case .bytes(let bytes) = body else { return self }
        // FNV-1a, 64 bits: two answers to one path that differ share a tag once in 2^64.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return tagged("\"c\(String(hash, radix: 16))\"", call)
    }

    private func tagged(_ tag: String, _ call: Call<some Backend>) -> Reply {
        var reply = with(.eTag, tag)
        guard let known = call.headers[.ifNoneMatch] else { return reply }
        // Weak tags compare equal to strong ones here (RFC 9110, 13.1.2).
        let tags = known.split(separator: ",").map { $0.drop { $0 == " " } }
        guard tags.contains(where: { $0 == "*" || $0 == tag || $0 == "W/" + tag }) else { return reply }
        reply.status = .notModified
        reply.body = .empty
        reply.headers[.contentType] = nil
        return reply
    }
}
