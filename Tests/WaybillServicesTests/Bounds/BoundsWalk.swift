import Foundation
import HTTPTypes
import NIOHTTP1
import ServerTestSupport
import WaybillHTTP
import WaybillServer

/// Sends each value of each field to a server, one at a time, and counts what it has sent.
struct BoundsWalk {
    private let server: TestServer
    private let stage: Stage
    private let values: BoundaryValues
    private(set) var operations = 0
    private(set) var fields = 0
    /// Values within the bounds that were not refused for how things are either.
    private(set) var taken = 0
    /// Values beyond them.
    private(set) var outside = 0
    private(set) var faults: [String] = []

    init(_ server: TestServer, _ stage: Stage) {
        self.server = server
        self.stage = stage
        values = BoundaryValues(server.description.schemas)
    }

    mutating func walk(_ endpoint: EngineEndpoint) async throws {
        operations += 1
        let given = try await stage.props(for: endpoint.contract.id).body
        let walk = FieldWalk(values: values, given: given, company: Self.company)
        let body = endpoint.contract.body.map { walk.sample($0.schema) }
        for parameter in endpoint.parameters {
            let parameter = Parameter(name: parameter.name, schema: parameter.schema, place: parameter.place)
            try await send(parameter, endpoint, body)
        }
        guard let schema = endpoint.contract.body?.schema else { return }
        for field in walk.fields(schema) { try await send(field, endpoint, walk) }
    }

    private mutating func send(_ parameter: Parameter, _ endpoint: EngineEndpoint, _ body: Sample?)
        async throws
    {
        fields += 1
        for (text, isInside) in try values.texts(parameter.schema) {
            guard let target = parameter.target(text) else { continue }
            let what = "\(parameter.name)=\(text.prefix(60))"
            if isInside, Self.hangsOnMore.contains("\(endpoint.contract.id) \(parameter.name)") { continue }
            let props = try await stage.props(for: endpoint.contract.id)
            let answer = try await ask(endpoint, props, body.map { props.filling($0, but: []) }, target)
            judge(isInside, answer, [parameter.name], "\(endpoint.contract.id) \(what)")
        }
    }

    private mutating func send(_ field: BodyField, _ endpoint: EngineEndpoint, _ walk: FieldWalk) async throws
    {
        fields += 1
        var tried: [(path: [BodyStep], sample: Sample?, isInside: Bool)] = []
        if !field.path.isEmpty {
            tried = try walk.boundaries(of: field).map { (field.path, $0.sample, $0.isInside) }
            if field.isRequired { tried.append((field.path, nil, false)) }
        }
        if field.isClosed { tried.append((field.path + [.member("unknown")], .plain("1"), false)) }
        for (path, sample, isInside) in tried {
            let text = sample?.text ?? "missing"
            if isInside, Self.hangsOnMore.contains("\(path.name) \(text)") {
                continue
            }
            let props = try await stage.props(for: endpoint.contract.id)
            let body = props.filling(field.body, but: path).setting(sample, at: path)
            let answer = try await ask(endpoint, props, body)
            // Of two shapes the other could have been meant.
            let names =
                path.names + (path.name == "filter" && ["missing", "null"].contains(text) ? ["jobs"] : [])
            judge(isInside, answer, names, "\(endpoint.contract.id) \(path.name) = \(text.prefix(60))")
        }
    }

    /// Nil for a stream that has begun.
    private func ask(
        _ endpoint: EngineEndpoint,
        _ props: Stage.Props,
        _ body: Sample?,
        _ target: Parameter.Target = .nowhere
    ) async throws -> TestAnswer? {
        var path = endpoint.path
        var headers: [String: String] = [:]
        switch target {
        case .path(let name, let text): path = path.replacing("{\(name)}", with: text)
        case .query(let text): path += "?\(text)"
        case .header(let name, let text): headers[name] = text
        case .nowhere: break
        }
        for (name, text) in props.path { path = path.replacing("{\(name)}", with: text) }
        path = path.replacing("{name}", with: "a0").replacing("{number}", with: "1")
        if endpoint.path == "/v1/events" {
            var isTaken = false
            try await server.follow(path, headers) { _ in
                isTaken = true
                return true
            }
            if isTaken { return nil }
        }
        let method = HTTPMethod(rawValue: endpoint.method.rawValue)
        return try await server.send(method, path, body.map { Array($0.text.utf8) }, headers)
    }

    /// - Parameter names: What a problem may call the field; the first is its own.
    private mutating func judge(_ isInside: Bool, _ answer: TestAnswer?, _ names: [String], _ what: String) {
        let (status, named) = (answer?.status ?? 200, answer?.wrongFields ?? [])
        if !isInside { outside += 1 } else if status < 300 { taken += 1 }
        let isRefused = [400, 413, 422].contains(status)
        let isAsItShould =
            if isInside {
                // An item of a list that is refused for how things are is named without a field.
                status < 500
                    && (!isRefused || answer?.text.contains("\"keyReused\"") == true
                        || named == ["jobs[0]"] && !names.contains("jobs[0]"))
            } else {
                !Set(named).isDisjoint(with: names)
            }
        guard !isAsItShould else { return }
        let place = isInside ? "inside" : "outside"
        faults.append("\(what), \(place): answered \(status) \(answer?.text.prefix(300) ?? "")")
    }
}

extension BoundsWalk {
    /// What a field needs beside itself.
    private static let company: [String: [Sample.Member]] = [
        "uniqueWindowMs": [.init("uniqueKey", .string("u"))], "onClash": [.init("uniqueKey", .string("u"))],
        "contentType": [.init("payload", .string("x"))],
    ]

    /// Sound by themselves, and refused for how things are: a moment that has passed, a rule that tasks can't have, places
    /// that only the server knows.
    private static let hangsOnMore: Set = [
        "expiresAt \"1678-01-01T00:00:00Z\"", "jobs[0].expiresAt \"1678-01-01T00:00:00Z\"",
        "tasks[0].expiresAt \"1678-01-01T00:00:00Z\"", "tasks[0].onClash \"existing\"",
        "listJobs cursor", "getJobHistory before",
    ]
}

extension TestAnswer {
    /// The fields that a problem names; a completion of a dispatch has an outcome of its own, whose sentence begins
    /// with it.
    fileprivate var wrongFields: [String] {
        let document = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        if let errors = document?["errors"] as? [[String: Any]] {
            return errors.compactMap { $0["field"] as? String }
        }
        let outcomes = document?["outcomes"] as? [Any] ?? []
        let details = outcomes.compactMap { ($0 as? [String: Any])?["detail"] as? String }
        return details.compactMap { detail in detail.split(separator: " ").first.map { "complete[0].\($0)" } }
    }
}
