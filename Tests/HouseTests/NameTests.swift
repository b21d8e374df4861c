import Foundation
import Testing

/// The names of types: they say what a thing is, and take nobody else's name.
struct NameTests {
    static let places = ["Sources", "Tests", "Examples", "Benchmarks/Benchmarks"]

    /// A reader who sees one of these thinks of the language's own.
    static let languages: Set = [
        "Actor", "Array", "ArraySlice", "AsyncIteratorProtocol", "AsyncSequence", "AsyncStream",
        "AsyncThrowingStream", "Atomic", "BinaryInteger", "Bool", "CancellationError", "CaseIterable",
        "Character", "CheckedContinuation", "Clock", "ClosedRange", "Codable", "CodingKey", "Collection",
        "CollectionDifference", "CollectionOfOne", "CommandLine", "Comparable", "ContiguousArray",
        "ContinuousClock", "Copyable", "Decodable", "Decoder", "DecodingError", "Dictionary",
        "DiscardingTaskGroup", "Double", "Duration", "EmptyCollection", "Encodable", "Encoder",
        "EncodingError",
        "Equatable", "Error", "Executor", "ExecutorJob", "FixedWidthInteger", "Float", "FloatingPoint",
        "GlobalActor", "Hashable", "Hasher", "Identifiable", "InlineArray", "InstantProtocol", "Int", "Int16",
        "Int32", "Int64", "Int8", "KeyPath", "KeyValuePairs", "ManagedBuffer", "MemoryLayout", "Mirror",
        "MutableRawSpan", "MutableSpan", "Mutex", "Never", "Numeric", "ObjectIdentifier", "Observable",
        "OpaquePointer", "OptionSet", "Optional", "OutputRawSpan", "OutputSpan", "RandomNumberGenerator",
        "Range", "RangeSet", "RawRepresentable", "RawSpan", "Regex", "Result", "Sendable", "Sequence",
        "SerialExecutor", "Set", "SetAlgebra", "Slice", "Span", "StaticString", "Strideable", "String",
        "Substring", "SuspendingClock", "Task", "TaskGroup", "TaskPriority", "ThrowingTaskGroup", "UInt",
        "UInt16", "UInt32", "UInt64", "UInt8", "UTF8Span", "Unicode", "Unmanaged", "Void",
    ]

    /// A type of such a name hides everything that the module would be asked for by it.
    static let modules: Set = [
        "Cxx", "Dispatch", "Distributed", "Foundation", "FoundationEssentials",
        "FoundationInternationalization", "FoundationNetworking", "Glibc", "Observation", "RegexBuilder",
        "Runtime", "Swift", "Synchronization", "Testing", "XCTest",
        "ArgumentParser", "AsyncAlgorithms", "Crypto", "DequeModule", "HTTPTypes", "HeapModule", "Histogram",
        "Hummingbird", "HummingbirdCore", "Logging", "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOPosix",
        "NIOWebSocket", "ServiceLifecycle", "UnixSignals",
    ]

    /// What a type is called where nobody knows what it is.
    static let patterns: Set = [
        "Util", "Utils", "Utilities", "Helper", "Helpers", "Manager", "Impl", "Common", "Misc", "Base",
        "Abstract", "Factory", "Singleton", "Delegate", "Info",
    ]

    @Test(arguments: places)
    func `no type has a name of the language's or of a module's`(place: String) throws {
        let taken = Self.languages.union(Self.modules)
        for type in try House.types(in: place) where taken.contains(type.name) {
            Issue.record("\(type.file) declares \(type.name)")
        }
    }

    @Test func `no module is named like a type in it, and none like somebody else's`() throws {
        let types = Set(try House.types(in: "Sources").map(\.name))
        for module in FloorTests.allowed.keys {
            #expect(!types.contains(module), "\(module)")
            #expect(!Self.modules.contains(module), "\(module)")
        }
    }

    @Test(arguments: places)
    func `no type is named after a pattern`(place: String) throws {
        for type in try House.types(in: place) {
            let words = Set(House.words(type.name))
            #expect(words.isDisjoint(with: Self.patterns), "\(type.file) declares \(type.name)")
        }
    }
}
