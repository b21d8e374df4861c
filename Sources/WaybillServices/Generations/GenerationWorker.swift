import Logging
import ServiceLifecycle
import Waybill

/// The worker in the server's process that makes the images of generations.
enum GenerationWorker {
    static let animals = ["bear", "cat", "dog", "fox", "koala", "lion", "mouse", "panda", "rabbit", "tiger"]

    /// What a client asked for: the payload of its job.
    struct Order: Codable, Sendable {
        var numImages: Int
    }

    /// What was made: the result of its job.
    struct Images: Codable, Sendable {
        var animal: String
        var imageUrls: [String]
    }

    static func service(_ engine: Engine, _ provider: any ImageProvider, _ logger: Logger) -> JobWorker {
        engine.worker(
            named: "generations",
            kind: Generation.jobs.kind,
            queues: [Generation.jobs.queue],
            slots: 4,
            options: WorkOptions(logger: logger),
            as: Order.self
        ) { job in
            let request = Self.request(job.id, numImages: job.payload.numImages)
            var urls: [String] = []
            for number in 1...max(1, request.numImages) {
                urls.append(try await provider.image(number, of: request))
                try await job.progress(Double(number) / Double(request.numImages))
            }
            return Images(animal: request.animal, imageUrls: urls)
        }
    }

    /// The number decides the animal, so that another attempt shows the same one.
    static func request(_ id: JobID, numImages: Int) -> GenerationRequest {
        let animal = animals[Int(id.rawValue &* 0x9E37_79B9 >> 16) % animals.count]
        return GenerationRequest(id: id.rawValue, animal: animal, numImages: numImages)
    }
}
