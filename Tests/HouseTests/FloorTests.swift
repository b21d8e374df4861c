import Foundation
import Testing

/// The floors of the house: what each module may import.
///
/// An import goes down only.
struct FloorTests {
    /// Own modules below, and third parties that stop at this floor.
    static let allowed: [String: Set<String>] = [
        "Names": [],
        "EventLog": ["CLZ4", "CChecksum", "CFileEntry", "Glibc", "Synchronization"],
        "Orchestration": ["Names", "DequeModule"],
        "Waybill": [
            "EventLog", "Names", "Orchestration", "Crypto", "DequeModule", "Dispatch", "FoundationEssentials",
            "Glibc",
            "Histogram", "Logging", "ServiceLifecycle", "Synchronization",
        ],
        "JSONText": ["Names", "FoundationEssentials"],
        "WaybillJSON": ["JSONText", "Orchestration", "Waybill", "FoundationEssentials"],
        // It knows no job: nothing of the domain stands in this list.
        "WaybillHTTP": [
            "JSONText", "Names", "Foundation", "FoundationEssentials", "Glibc", "HTTPTypes", "Hummingbird",
            "HummingbirdCore",
            "Logging",
            "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "NIOPosix", "NIOWebSocket",
            "ServiceLifecycle", "Synchronization",
        ],
        "WaybillServer": [
            "Orchestration", "Waybill", "WaybillHTTP", "WaybillJSON", "AsyncAlgorithms",
            "FoundationEssentials",
            "HTTPTypes", "Logging", "ServiceLifecycle", "Synchronization",
        ],
        "WaybillServices": [
            "Orchestration", "Waybill", "WaybillHTTP", "WaybillJSON", "WaybillServer", "FoundationEssentials",
            "HTTPTypes",
            "Logging", "ServiceLifecycle", "Synchronization",
        ],
        "WaybillWorkloads": [
            "Waybill", "WaybillJSON", "EventLog", "Orchestration", "Crypto", "CZlib",
            "Glibc", "Foundation", "FoundationEssentials",
            "HeapModule", "Synchronization",
        ],
        "WaybillCLI": [
            "WaybillServer", "WaybillServices", "WaybillWorkloads", "Waybill", "WaybillJSON", "EventLog",
            "Orchestration",
            "ArgumentParser",
            "Foundation", "Glibc", "Histogram", "Logging", "ServiceLifecycle", "Synchronization",
            "UnixSignals",
        ],
    ]

    @Test(arguments: allowed.keys.sorted())
    func `imports go down the floors only`(module: String) throws {
        let allowed = try #require(Self.allowed[module])
        for file in try House.swiftFiles(in: "Sources/\(module)") {
            for imported in try House.imports(of: file) where !allowed.contains(imported) {
                Issue.record("\(file.lastPathComponent) of \(module) imports \(imported)")
            }
        }
    }

    @Test(arguments: ["JSONText", "WaybillHTTP"])
    func `what carries any domain's text knows none`(module: String) throws {
        let domain = Set(Self.allowed.keys).subtracting(["JSONText", "Names"])
        #expect(domain.isDisjoint(with: try #require(Self.allowed[module])))
    }

    @Test func `an example imports what a host imports, and nothing below`() throws {
        let allowed: Set = [
            "Waybill", "ArgumentParser", "Foundation", "Logging", "ServiceLifecycle", "UnixSignals",
        ]
        for file in try House.swiftFiles(in: "Examples") {
            for imported in try House.imports(of: file) where !allowed.contains(imported) {
                Issue.record("\(file.lastPathComponent) imports \(imported)")
            }
        }
    }

    @Test func `every module of the package stands on a floor`() throws {
        let modules = try FileManager.default.contentsOfDirectory(
            at: House.root.appending(path: "Sources"),
            includingPropertiesForKeys: nil
        ).map(\.lastPathComponent).filter { !["CLZ4", "CZlib", "CChecksum", "CFileEntry"].contains($0) }
        #expect(Set(modules) == Set(Self.allowed.keys))
    }

    @Test(arguments: ["Names", "EventLog", "Orchestration", "JSONText"])
    func `the lower floor does not know Foundation, tasks or actors`(module: String) throws {
        for file in try House.swiftFiles(in: "Sources/\(module)") {
            for (number, line) in try House.code(of: file).enumerated() {
                let words = [" async ", "await ", "  actor ", "public actor ", "Task {"]
                for word in words where line.contains(word) {
                    Issue.record("\(file.lastPathComponent):\(number + 1) says '\(word)'")
                }
            }
        }
    }
}
