import HTTPTypes
import WaybillJSON

/// The API's document (OpenAPI 3.1), made from the contracts of the operations themselves.
struct OpenAPI {
    static let version = "3.1.0"

    let endpoints: [Endpoint]

    var bytes: [UInt8] {
        var json = JSONWriter()
        json.field("openapi", Self.version)
        json.object("info") { json in
            json.field("title", "Waybill")
            json.field("version", "0.1.0")
            json.field("description", Self.introduction)
        }
        json.list("tags", tags) { tag, json in json.field("name", tag) }
        json.object("paths") { json in
            for (path, operations) in paths {
                json.object(path) { json in
                    for endpoint in operations {
                        json.object(endpoint.method.rawValue.lowercased()) { endpoint.write(to: &$0) }
                    }
                }
            }
        }
        json.object("components") { json in
            json.object("schemas") { json in
                for (name, schema) in Schemas.all { json.object(name) { schema.write(to: &$0) } }
            }
        }
        return json.finish()
    }

    /// In the order in which the operations name them.
    var tags: [String] {
        var seen: Set<String> = []
        return endpoints.map(\.contract.tag).filter { seen.insert($0).inserted }
    }

    private var paths: [(String, [Endpoint])] {
        var order: [String] = []
        var byPath: [String: [Endpoint]] = [:]
        for endpoint in endpoints {
            if byPath[endpoint.path] == nil { order.append(endpoint.path) }
            byPath[endpoint.path, default: []].append(endpoint)
        }
        return order.map { ($0, byPath[$0] ?? []) }
    }

    static let introduction = """
        Every command becomes events in a log before it is answered; `Waybill-Sequence` says how far the log had come. \
        Reads show everything that was acknowledged before they began. An `Idempotency-Key` on a POST makes the same \
        request twice one command, for a day at least. Problems are RFC 9457 documents; `code` is for programs, \
        `detail` for people. There is no authentication yet.
        """
}

extension Endpoint {
    fileprivate func write(to json: inout JSONWriter) {
        json.field("operationId", contract.id)
        json.field("tags", [contract.tag])
        json.field("summary", contract.summary)
        json.optional("description", contract.note)
        let parameters = parameters
        if !parameters.isEmpty {
            json.list("parameters", parameters) { parameter, json in
                json.field("name", parameter.name)
                json.field("in", parameter.place)
                json.field("required", parameter.place == "path")
                json.optional("description", parameter.note)
                json.object("schema") { parameter.schema.write(to: &$0) }
            }
        }
        if let body = contract.body {
            json.object("requestBody") { json in
                json.field("required", body.isRequired)
                json.content("application/json", body.schema)
            }
        }
        json.object("responses") { json in
            for answer in contract.answers {
                json.object(String(answer.status)) { json in
                    json.field("description", answer.note)
                    if let schema = answer.schema { json.content(answer.contentType, schema) }
                }
            }
            json.object("default") { json in
                json.field("description", "A problem")
                json.content("application/problem+json", .named("Problem"))
            }
        }
    }

    /// Those of the path, of the query, and of the header.
    var parameters: [(name: String, place: String, schema: Schema, note: String?)] {
        let path = pathNames.map { name in
            (name, "path", contract.path[name] ?? .natural(from: 1), nil as String?)
        }
        let query = contract.query.map {
            ($0.name, $0.isHeader ? "header" : "query", $0.schema, $0.note as String?)
        }
        var common: [(String, String, Schema, String?)] = [
            ("minSequence", "query", .natural(), "Refused unless the log has come so far")
        ]
        if method == .post {
            common.append(
                (
                    "Idempotency-Key", "header", .text(pattern: "^[!-~]{1,240}$"),
                    "The same key twice is one command"
                )
            )
        }
        return path + query + common
    }

    private var pathNames: [String] {
        path.split(separator: "/").filter { $0.first == "{" }.map { String($0.dropFirst().dropLast()) }
    }
}

extension JSONWriter {
    fileprivate mutating func content(_ type: String, _ schema: Schema) {
        object("content") { json in
            json.object(type) { json in json.object("schema") { schema.write(to: &$0) } }
        }
    }
}
