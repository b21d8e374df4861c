import Foundation
import TestSupport
import Testing

/// One vocabulary: the names of the domain's values in JSON are written in one module.
struct VocabularyTests {
    /// Who may write JSON besides `WaybillJSON`, and what.
    static let writers: [String: String] = [
        "JSONText/": "the writer itself",
        "WaybillHTTP/": "problems, and the API's document: it knows no value of the domain",
        "WaybillServices/": "the services' own names, as their clients know them",
        "Waybill/Work/JSONPayload.swift": "payloads and results of a host's own types",
        "WaybillWorkloads/Curves/Curve.swift": "a payload made of a trace",
        "WaybillWorkloads/Stations/Rebalancing.swift": "a payload made of a trace",
        "WaybillWorkloads/Traces/": "payloads made of traces",
        "WaybillCLI/Terminal/Output.swift": "the tool's own reports",
    ]

    /// Reports of runs, of measurements and of a log's files, which hold no value of the domain.
    static let reports = [
        "WaybillCLI/Bench/", "WaybillCLI/Log/", "WaybillCLI/Run/", "WaybillCLI/Terminal/Output.swift",
    ]

    private func sources() throws -> [(path: String, code: String)] {
        let root = House.root.appending(path: "Sources").path + "/"
        return try House.swiftFiles(in: "Sources").map { file in
            (String(file.path.dropFirst(root.count)), try House.code(of: file).joined(separator: "\n"))
        }
    }

    @Test func `JSON is written in one module, and elsewhere by those who are named only`() throws {
        let allowed = Self.writers.keys + ["WaybillJSON/"]
        for (path, code) in try sources() where !allowed.contains(where: path.hasPrefix) {
            for word in ["JSONWriter", "JSONEncoder", "JSONSerialization", ".field(\""]
            where code.contains(word) {
                Issue.record("\(path) says \(word)")
            }
        }
    }

    /// A `String` that is compared merges names that Unicode calls equal.
    @Test func `what names something in the domain is a name`() throws {
        let names = /\b(name|kind|queue|worker|machine|actor|series|\w+Key|errorType)(?: \w+)?: \[?String\b/
        let keys = /\[String: |Set<String>|Dictionary<String/
        // By their codes, which are the code's own: refusals, types of events.
        let own = [
            "WriteMetrics.swift", "Engine/Engine.swift", "EventFilter.swift", "Event+Name.swift",
            "Refusal+Name.swift",
        ]
        for (path, code) in try sources() where path.hasPrefix("Orchestration/") || path.hasPrefix("Waybill/")
        {
            if own.contains(where: path.hasSuffix) { continue }
            for match in code.matches(of: names) { Issue.record("\(path): \(match.0)") }
            for match in code.matches(of: keys) { Issue.record("\(path): \(match.0)") }
        }
    }

    @Test func `what the tool prints of the domain has the domain's form`() throws {
        for (path, code) in try sources() where path.hasPrefix("WaybillCLI/") {
            if Self.reports.contains(where: path.hasPrefix) { continue }
            #expect(!code.contains("Encodable"), "\(path)")
        }
    }

    @Test func `every writer that is named is there and writes`() throws {
        let sources = try sources()
        for writer in Self.writers.keys {
            let files = sources.filter { $0.path.hasPrefix(writer) }
            #expect(
                files.contains { $0.code.contains("JSONWriter") || $0.code.contains("JSONEncoder") },
                "\(writer)"
            )
        }
    }

    @Test func `a length of time has its unit in its name, and nothing else has`() throws {
        let lengths = /(?:milliseconds|requiredMilliseconds)\("([^"]*)"/
        let others = /(?:json|fields|object)\.(?:field|optional|orNull|integer|real|text)\("([A-Za-z0-9]*Ms)"/
        for (path, code) in try sources() where path.hasPrefix("Waybill") {
            for match in code.matches(of: lengths) { #expect(match.1.hasSuffix("Ms"), "\(path): \(match.1)") }
            for match in code.matches(of: others)
            where match.1 != "retryAfterMs" || !path.hasPrefix("WaybillHTTP") {
                Issue.record("\(path): \(match.1) is no length of time")
            }
        }
    }

    @Test func `every code that scripts decide by is in camelCase`() throws {
        let problems = /(?:Problem|init)\(\s*(?:HTTPResponse\.Status\([^)]*\)|\.\w+),\s*"(\w+)"/
        let refusals = /case \.\w+(?:\([^)]*\))?: "([^"]+)"/
        var codes: [String] = []
        for (path, code) in try sources() {
            codes += code.matches(of: problems).map { String($0.1) }
            if path.hasSuffix("Refusal+Name.swift") {
                codes += code.matches(of: refusals).map { String($0.1) }
            }
        }
        #expect(codes.count > 50)
        for code in codes { #expect(code.wholeMatch(of: /[a-z]+(?:[A-Z]+[a-z]*)*/) != nil, "\(code)") }
    }
}
