import FoundationEssentials
package import JSONText
package import Orchestration

// Bytes with a content type: JSON as it stands where they are that, else base64 under `…Base64`.

extension JSONWriter {
    /// A job's payload under `payload`; left out where there is none.
    package mutating func payload(_ payload: Payload) {
        content("payload", type: "contentType", payload)
    }

    /// What a job made, under `result`; left out where it made nothing.
    package mutating func result(_ result: Payload) {
        content("result", type: "resultType", result)
    }

    private mutating func content(_ name: String, type: String, _ content: Payload) {
        if !content.contentType.isEmpty { field(type, content.contentType) }
        guard !content.bytes.isEmpty else { return }
        if content.contentType.isJSONType, (try? JSONValue.parse(content.bytes[...])) != nil {
            field(name, source: content.bytes)
        } else {
            field(name + "Base64", Data(content.bytes).base64EncodedString())
        }
    }
}

extension Payload {
    package static let json = "application/json"

    /// `payload` is JSON as it stands, or a text of another `contentType`; `payloadBase64` is bytes of it.
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        try self.init("payload", type: "contentType", &fields)
    }

    /// What replaces a job's payload; nil where nothing does.
    package init?(patch fields: inout JSONFields) throws(FieldProblem) {
        let isThere = fields.holds("payload") || fields.holds("payloadBase64")
        self = try Payload(&fields)
        if isThere { return }
        guard contentType.isEmpty else { throw fields.problem("contentType", "stands without a payload") }
        return nil
    }

    /// What a job made: `result`, `resultBase64` and `resultType` as a payload has them; empty where they are missing.
    package init(result fields: inout JSONFields) throws(FieldProblem) {
        try self.init("result", type: "resultType", &fields)
    }

    private init(_ name: String, type: String, _ fields: inout JSONFields) throws(FieldProblem) {
        let contentType = try fields.text(type)
        let member = fields.member(name)
        if let bytes = try fields.base64(name + "Base64") {
            if member != nil { throw fields.problem(name + "Base64", "stands beside \(name); give one") }
            self.init(bytes, contentType: contentType ?? "application/octet-stream")
            return
        }
        guard let member else {
            self.init([], contentType: contentType ?? "")
            return
        }
        guard let contentType, !contentType.isJSONType else {
            self.init(Array(member.source), contentType: contentType ?? Self.json)
            return
        }
        guard case .string(let text) = member.value else {
            throw fields.problem(name, "must be a text where \(type) is not JSON's")
        }
        self.init(Array(text.utf8), contentType: contentType)
    }
}
