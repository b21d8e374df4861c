import HTTPTypes
import JSONText

/// An API's description (OpenAPI 3.1), made from the contracts of the operations themselves.
package struct OpenAPI<Served: Backend>: Sendable {
    let title: String
    let version: String
    let introduction: String
    package var endpoints: [Endpoint<Served>]
    /// The shapes that contracts refer to by name.
    package let schemas: [NamedSchema]

    package init(
        title: String,
        version: String,
        introduction: String,
        endpoints: [Endpoint<Served>],
        schemas: [NamedSchema]
    ) {
        self.title = title
        self.version = version
        self.introduction = introduction
        self.endpoints = endpoints
        self.schemas = [("Problem", Problem.schema)] + schemas
    }

    var bytes: [UInt8] {
        var json = JSONWriter()
        json.field("openapi", "3.1.0")
        json.object("info") { json in
            json.field("title", title)
            json.field("version", version)
            json.field("description", introduction)
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
                for (name, schema) in schemas { json.object(name) { schema.write(to: &$0) } }
            }
        }
        return json.finish()
    }

    /// In the order in which the operations name them.
    var tags: [String] {
        var seen: Set<String> = []
        return endpoints.map(\.contract.tag).filter { seen.insert($0).inserted }
    }

    private var paths: [(String, [Endpoint<Served>])] {
        var order: [String] = []
        var byPath: [String: [Endpoint<Served>]] = [:]
        for endpoint in endpoints {
            if byPath[endpoint.path] == nil { order.append(endpoint.path) }
            byPath[endpoint.path, default: []].append(endpoint)
        }
        return order.map { ($0, byPath[$0] ?? []) }
    }
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
    package var parameters: [(name: String, place: String, schema: Schema, note: String?)] {
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
                    "Idempotency-Key", "header",
                    .sized(.text(pattern: "^[!-~]+$"), bytes: HTTPFields.longestKey),
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
