// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "waybill",
    products: [
        .library(name: "Waybill", targets: ["Waybill"]),
        .library(name: "WaybillServer", targets: ["WaybillServer"]),
        .library(name: "WaybillServices", targets: ["WaybillServices"]),
        .library(name: "WaybillWorkloads", targets: ["WaybillWorkloads"]),
        .library(name: "EventLog", targets: ["EventLog"]),
        .library(name: "Orchestration", targets: ["Orchestration"]),
        .executable(name: "waybill", targets: ["WaybillCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        // Floor 0: the system's libraries, and what only C can call.
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CChecksum"),
        .target(name: "CFileEntry"),

        // Floor 0 too: names, which are compared by their bytes.
        .target(name: "Names", swiftSettings: house),

        // Floor 1: durable bytes; the pure domain; JSON as text, whatever it says.
        .target(name: "EventLog", dependencies: ["CLZ4", "CChecksum", "CFileEntry"], swiftSettings: house),
        .target(
            name: "Orchestration",
            dependencies: ["Names", .product(name: "DequeModule", package: "swift-collections")],
            exclude: ["Schema"],
            swiftSettings: house
        ),

        .target(name: "JSONText", dependencies: ["Names"], swiftSettings: house),

        // Floor 2: the engine for a hosting process.
        .target(
            name: "Waybill",
            dependencies: [
                "EventLog", "Names", "Orchestration",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),

        // Above it: each value as JSON, for people, files and the network.
        .target(
            name: "WaybillJSON",
            dependencies: ["JSONText", "Orchestration", "Waybill"],
            swiftSettings: house
        ),

        // Floor 3: readers of workloads, and their players.
        .target(
            name: "WaybillWorkloads",
            dependencies: [
                "EventLog", "Orchestration", "Waybill", "WaybillJSON", "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: house
        ),

        // Floor 3 too: HTTP, WebSocket and server-sent events, whatever is served.
        .target(
            name: "WaybillHTTP",
            dependencies: [
                "JSONText", "Names",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),

        // Floor 4: the engine over HTTP.
        .target(
            name: "WaybillServer",
            dependencies: [
                "Orchestration", "Waybill", "WaybillHTTP", "WaybillJSON",
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),

        // Floor 5: the paths of five services, over the same engine.
        .target(
            name: "WaybillServices",
            dependencies: [
                "Orchestration", "Waybill", "WaybillHTTP", "WaybillJSON", "WaybillServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),

        // Floor 6: the tool.
        .executableTarget(
            name: "WaybillCLI",
            dependencies: [
                "EventLog", "Orchestration", "Waybill", "WaybillJSON", "WaybillServer", "WaybillServices",
                "WaybillWorkloads",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),

        // Programs that embed the engine.
        .executableTarget(
            name: "image-generations",
            dependencies: [
                "Waybill",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Examples/ImageGenerations",
            swiftSettings: house
        ),

        // Tests, what they share, and the simulator that proves the log.
        .target(
            name: "TestSupport",
            dependencies: ["EventLog", .product(name: "Logging", package: "swift-log")],
            path: "Tests/TestSupport",
            swiftSettings: house
        ),
        .target(
            name: "Simulator",
            dependencies: ["TestSupport", "EventLog", "Orchestration", "Waybill", "CLZ4"],
            path: "Tests/Simulator",
            swiftSettings: house
        ),
        .executableTarget(
            name: "simulate",
            dependencies: ["Simulator"],
            path: "Tests/SimulatorTool",
            swiftSettings: house
        ),
        .testTarget(
            name: "EventLogTests",
            dependencies: ["TestSupport", "Simulator", "EventLog", "CChecksum", "CLZ4"],
            swiftSettings: house
        ),
        .testTarget(
            name: "OrchestrationTests",
            dependencies: ["TestSupport", "Orchestration"],
            swiftSettings: house
        ),
        .executableTarget(
            name: "killed-writer",
            dependencies: [
                "TestSupport", "EventLog", "Orchestration", "Waybill",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/KilledWriter",
            swiftSettings: house
        ),
        .testTarget(
            name: "WaybillTests",
            dependencies: [
                "TestSupport", "EventLog", "Orchestration", "Waybill", "killed-writer",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "WaybillJSONTests",
            dependencies: ["WaybillJSON", "Orchestration", "Waybill"],
            swiftSettings: house
        ),
        .testTarget(
            name: "WaybillWorkloadsTests",
            dependencies: ["TestSupport", "WaybillWorkloads", "WaybillJSON", "Orchestration", "CZlib"],
            swiftSettings: house
        ),
        .target(
            name: "ServerTestSupport",
            dependencies: [
                "TestSupport", "Waybill", "WaybillHTTP", "WaybillJSON", "WaybillServer",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Tests/ServerTestSupport",
            swiftSettings: house
        ),
        .testTarget(
            name: "WaybillHTTPTests",
            dependencies: [
                "ServerTestSupport", "TestSupport", "JSONText", "Names", "WaybillHTTP",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "WaybillServerTests",
            dependencies: [
                "ServerTestSupport", "TestSupport", "Waybill", "WaybillHTTP", "WaybillJSON", "WaybillServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "WaybillServicesTests",
            dependencies: [
                "ServerTestSupport", "TestSupport", "JSONText", "Orchestration", "Waybill", "WaybillHTTP",
                "WaybillJSON", "WaybillServer",
                "WaybillServices",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "WaybillCLITests",
            dependencies: ["TestSupport", "WaybillCLI", "EventLog"],
            swiftSettings: house
        ),
        .testTarget(
            name: "ImageGenerationsTests",
            dependencies: [
                "TestSupport", "image-generations", "Waybill",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "SimulatorTests",
            dependencies: ["TestSupport", "Simulator", "EventLog"],
            swiftSettings: house
        ),
        .testTarget(name: "HouseTests", dependencies: ["TestSupport"], swiftSettings: house),
    ]
)
