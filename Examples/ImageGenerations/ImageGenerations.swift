import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals
import Waybill

@main
struct ImageGenerations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image-generations",
        abstract: "Generates images of an animal, in a worker inside of this process.",
        discussion: """
            It orders one generation, works on it, and shows its status as it changes. The log in the data directory keeps \
            what an interrupted run left: the next one goes on with it. Exit status: 0 when the generation is completed, 1 \
            when it failed or was interrupted, 64 for wrong arguments.
            """
    )

    @Option(help: "Images to make, 1…\(GenerationRequest.most).")
    var images = 3

    @Option(help: "The directory of the log and of the images; it is created.")
    var data: String

    @Option(help: "Milliseconds that one image takes.")
    var delay = 100

    @Option(help: "The share of images that fail, 0…1; their generation is tried again.")
    var failureRate = 0.0

    @Option(help: "Generations to work on at once, those of earlier runs included; 1…100.")
    var slots = 2

    @Flag(help: "Print each status as one line of JSON.")
    var json = false

    func validate() throws {
        guard GenerationRequest(numImages: images).isValid else {
            throw ValidationError("--images must be in 1…\(GenerationRequest.most)")
        }
        guard (0...1).contains(failureRate) else { throw ValidationError("--failure-rate must be in 0…1") }
        guard (0...60_000).contains(delay) else { throw ValidationError("--delay must be in 0…60000") }
        guard (1...100).contains(slots) else { throw ValidationError("--slots must be in 1…100") }
    }

    @concurrent
    func run() async throws {
        let isCompleted: Bool
        do { isCompleted = try await generate() } catch {
            FileHandle.standardError.write(Data("image-generations: \(error)\n".utf8))
            throw ExitCode(1)
        }
        if !isCompleted { throw ExitCode(1) }
    }

    private func generate() async throws -> Bool {
        let place = URL(filePath: data, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        var logger = Logger(label: "image-generations") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let engine = try await Engine.open(
            at: place.appending(path: "log").path,
            options: EngineOptions(logger: logger)
        )
        let provider = DrawnImages(
            directory: place.appending(path: "images"),
            delay: .milliseconds(delay),
            failureRate: failureRate
        )
        let studio = ImageStudio(engine: engine, provider: provider)
        let generation = try await studio.order(GenerationRequest(numImages: images))
        let services = ServiceGroup(
            configuration: .init(
                services: [studio.worker(slots: slots, options: WorkOptions(logger: logger))],
                gracefulShutdownSignals: [.sigint, .sigterm],
                logger: logger
            )
        )
        let isCompleted = try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                try await services.run()
                return nil
            }
            group.addTask { try await follow(generation, on: engine) }
            let isCompleted = try await group.next() ?? nil
            // A signal has ended the services, or there is nothing to wait for but what else they work on.
            if isCompleted == nil { group.cancelAll() } else { await services.triggerGracefulShutdown() }
            return isCompleted ?? false
        }
        try await engine.close()
        return isCompleted
    }

    /// Shows the status whenever it changes; whether it is completed in the end.
    private func follow(_ generation: JobID, on engine: Engine) async throws -> Bool {
        var status = GenerationStatus(of: generation)
        for try await events in try engine.events() {
            for event in events where event.body.job == generation {
                if status.fold(event) { show(status) }
                if status.isEnded { return status.status == .completed }
            }
        }
        return false
    }

    private func show(_ status: GenerationStatus) {
        if json {
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            guard let line = try? encoder.encode(status) else { return }
            return print(String(decoding: line, as: UTF8.self))
        }
        let detail = status.error ?? status.note
        print("generation \(status.jobId): \(status.status.rawValue)\(detail.isEmpty ? "" : ", \(detail)")")
        for url in status.imageUrls { print("  \(status.animal ?? "") \(url)") }
    }
}
