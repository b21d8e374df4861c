import Testing
import Waybill
import WaybillHTTP
import WaybillServer

/// The names in the description of `/v1`: one style, the unit of time in each that needs one.
struct VocabularyTests {
    /// Numbers with a fraction that are no length of time.
    static let shares: Set = ["completionRate", "confidence", "factor", "fraction", "jitter", "value"]
    /// What is counted or named by whole numbers; none is a time.
    static let counts: Set = [
        "attempt", "attempts", "available", "blocked", "burst", "cancelled", "cause", "command",
        "concurrency",
        "count", "cpuMillis", "crashed", "crashes", "dead", "done", "epoch", "failed", "failures",
        "fairnessWeight", "freeCPUMillis", "from", "gpuDevices", "gpuMillis", "held", "id", "intake", "job",
        "keyConcurrency", "leasedCPUMillis", "leases", "limit", "max", "maxAttempts", "maxCrashes", "member",
        "memoryMegabytes", "next", "nonFiniteCount", "of", "parent", "priority", "proposed", "readModelLag",
        "ready", "refused", "released", "rerunOf", "running", "scheduled", "sequence", "slots", "snoozed",
        "starts", "status", "step", "succeeded", "through", "total", "version", "waiting", "waitsFor",
    ]

    /// Every property of `/v1`'s bodies and answers, with those of the shapes that they name.
    private let properties: [Schema.Property] = {
        let description = EngineServer.description(adding: [])
        let shapes = Dictionary(
            description.schemas.map { ($0.name, $0.schema) },
            uniquingKeysWith: { first, _ in first }
        )
        var seen: Set<String> = []
        func all(_ schema: Schema) -> [Schema.Property] {
            switch schema {
            case .named(let name): seen.insert(name).inserted ? shapes[name].map(all) ?? [] : []
            case .list(let item, _, _, _): all(item)
            case .dictionary(let item, _, _), .optional(let item), .sized(let item, _): all(item)
            case .oneOf(let schemas): schemas.flatMap(all)
            case .object(let properties, _, _): properties + properties.flatMap { all($0.schema) }
            default: []
            }
        }
        return description.endpoints.filter { $0.path.hasPrefix("/v1") || $0.path.hasSuffix("z") }
            .flatMap { endpoint in
                (endpoint.contract.answers.compactMap(\.schema)
                    + [endpoint.contract.body?.schema].compactMap(\.self))
                    .flatMap(all)
            }
    }()

    /// What stands in the schema, null apart.
    private func value(_ schema: Schema) -> Schema {
        switch schema {
        case .optional(let schema), .sized(let schema, _): value(schema)
        default: schema
        }
    }

    @Test func `every name and every code is in camelCase`() {
        let camel = /[a-z]+[0-9]*(?:[A-Z]+[a-z0-9]*)*/
        #expect(properties.count > 200)
        for property in properties {
            #expect(property.name.wholeMatch(of: camel) != nil, "\(property.name)")
            // The types of events are names with a dot, as the published schema has them.
            guard case .choice(let words) = value(property.schema), property.name != "type" else { continue }
            for word in words { #expect(word.wholeMatch(of: camel) != nil, "\(word)") }
        }
    }

    @Test func `a number with a fraction is a length of time that says its unit, or one that is named`() {
        for property in properties {
            let isLength = property.name.hasSuffix("Ms")
            switch value(property.schema) {
            case .number: #expect(isLength || Self.shares.contains(property.name), "\(property.name)")
            case .integer, .natural:
                #expect(isLength || Self.counts.contains(property.name), "\(property.name)")
            default: #expect(!isLength, "\(property.name)")
            }
        }
    }

    @Test func `a job's own number is its id, and a reference to one is a job`() {
        for property in properties where ["jobID", "jobId", "ids", "jobIDs"].contains(property.name) {
            Issue.record("\(property.name)")
        }
    }
}
