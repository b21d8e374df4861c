// swift-tools-version: 6.1
// Micro-benchmarks, a package of their own so that nobody who embeds the engine builds them:
//   cd Benchmarks && swift package benchmark
import PackageDescription

let package = Package(
    name: "waybill-benchmarks",
    dependencies: [
        .package(name: "waybill", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "Core",
            dependencies: [
                .product(name: "Orchestration", package: "waybill"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Core",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
        .executableTarget(
            name: "Log",
            dependencies: [
                .product(name: "EventLog", package: "waybill"),
                .product(name: "Orchestration", package: "waybill"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Log",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
)
