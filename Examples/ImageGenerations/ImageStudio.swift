import Waybill

/// Takes generations in and works on them with a provider.
struct ImageStudio: Sendable {
    static let animals = ["bear", "cat", "dog", "fox", "mouse", "owl", "panda", "tiger"]

    let engine: Engine
    let provider: any ImageProvider
    private let client = CommandContext(actor: "client")

    init(engine: Engine, provider: any ImageProvider) {
        self.engine = engine
        self.provider = provider
    }

    /// What `POST /generations` would do.
    func order(_ request: GenerationRequest) async throws -> JobID {
        try await engine.create(
            JobSpecification(
                kind: GenerationRequest.kind,
                queue: GenerationRequest.queue,
                payload: Array(#"{"numImages":\#(request.numImages)}"#.utf8),
                contentType: "application/json",
                retry: RetryPolicy(maxAttempts: 5, base: .milliseconds(100), cap: .seconds(5))
            ),
            by: client
        ).value
    }

    /// The worker in this process.
    func worker(slots: Int, options: WorkOptions = WorkOptions()) -> JobWorker {
        engine.worker(
            named: "studio",
            kind: GenerationRequest.kind,
            queues: [GenerationRequest.queue],
            slots: slots,
            options: options,
            as: GenerationRequest.self
        ) { job in
            guard job.payload.isValid else {
                throw JobFailure(
                    type: "validation",
                    message: "numImages must be in 1…\(GenerationRequest.most)",
                    isRetryable: false
                )
            }
            let animal = Self.animals[Int(job.id.rawValue % UInt64(Self.animals.count))]
            var result = GenerationResult(animal: animal, imageUrls: [])
            for number in 1...job.payload.numImages {
                result.imageUrls.append(
                    try await provider.makeImage(
                        WantedImage(
                            generation: job.id.rawValue,
                            attempt: job.attempt,
                            animal: animal,
                            number: number
                        )
                    )
                )
                try await job.progress(
                    Double(number) / Double(job.payload.numImages),
                    message: "\(number) of \(job.payload.numImages) images"
                )
            }
            return result
        }
    }
}
