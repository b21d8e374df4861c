import Foundation
import TestSupport
import Testing
import Waybill

@testable import image_generations

/// The life of a generation, with providers that the test chooses.
@Suite(.timeLimit(.minutes(1)))
struct StudioTests {
    /// Has no luck in the first attempts.
    struct Unlucky: ImageProvider {
        var failures: UInt32

        func makeImage(_ wanted: WantedImage) async throws -> String {
            if wanted.attempt <= failures, wanted.number == 2 { throw ProviderFailed(image: wanted) }
            return "image:\(wanted.animal)/\(wanted.number)"
        }
    }

    /// Every status of a generation of so many images, in the order in which a client would see them.
    private func statuses(images: Int, _ provider: any ImageProvider) async throws -> [GenerationStatus] {
        var options = EngineOptions(clock: .virtual(start: Timestamp(seconds: 1000)), seed: 7)
        options.logger = .silent
        let engine = try await Engine.inMemory(options: options)
        let studio = ImageStudio(engine: engine, provider: provider)
        let generation = try await studio.order(GenerationRequest(numImages: images))
        let worker = studio.worker(slots: 1, options: WorkOptions(logger: options.logger))
        let run = Task { try await worker.run() }
        var status = GenerationStatus(of: generation)
        var seen: [GenerationStatus] = []
        following: for try await events in try engine.events() {
            for event in events where event.body.job == generation {
                if status.fold(event) { seen.append(status) }
                if status.isEnded { break following }
                if case .jobRetried = event.body { try await engine.advance(by: .seconds(5)) }
            }
        }
        run.cancel()
        try await run.value
        try await engine.close()
        return seen
    }

    @Test func `a generation goes from pending over processing to completed`() async throws {
        let seen = try await statuses(images: 3, Unlucky(failures: 0))
        #expect(
            seen.map(\.status) == [.pending, .processing, .processing, .processing, .processing, .completed]
        )
        #expect(seen.map(\.note) == ["", "", "1 of 3 images", "2 of 3 images", "3 of 3 images", ""])
        let end = try #require(seen.last)
        #expect(end.animal == "cat")
        #expect(end.imageUrls == ["image:cat/1", "image:cat/2", "image:cat/3"])
        #expect(end.error == nil && end.createdAt == Date(timeIntervalSince1970: 1000))
    }

    @Test func `a provider without luck is asked again`() async throws {
        let seen = try await statuses(images: 2, Unlucky(failures: 2))
        #expect(seen.count { $0.status == .processing && $0.note.isEmpty } == 3)
        #expect(seen.contains { $0.status == .pending && $0.note == "the provider made no image 2 of a cat" })
        #expect(seen.last?.status == .completed)
    }

    @Test func `a provider that never has luck fails the generation with its last words`() async throws {
        let end = try await statuses(images: 2, Unlucky(failures: 99)).last
        #expect(end?.status == .failed)
        #expect(end?.error == "the provider made no image 2 of a cat")
        #expect(end?.imageUrls == [] && end?.animal == nil)
    }

    @Test(arguments: [0, 11]) func `a number of images out of range fails at once`(images: Int) async throws {
        let seen = try await statuses(images: images, Unlucky(failures: 0))
        #expect(seen.last?.error == "numImages must be in 1…10")
        #expect(seen.count { $0.status == .processing } == 1)
    }

    @Test func `the same wish is drawn as the same picture`() async throws {
        let directory = try TemporaryDirectory()
        let folder = URL(filePath: directory.path)
        let wanted = WantedImage(generation: 1, attempt: 1, animal: "owl", number: 2)
        func draw(_ name: String) async throws -> Data {
            let provider = DrawnImages(directory: folder.appending(path: name))
            return try Data(contentsOf: try #require(URL(string: try await provider.makeImage(wanted))))
        }
        #expect(try await draw("a") == draw("b"))
        let never = DrawnImages(directory: folder, failureRate: 1)
        await #expect(throws: ProviderFailed.self) { try await never.makeImage(wanted) }
    }
}
