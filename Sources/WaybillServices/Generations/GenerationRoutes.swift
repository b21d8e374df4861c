import FoundationEssentials
import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// The image generation service.
struct GenerationRoutes {
    private static let tag = "Image generations"
    static let schemas: [NamedSchema] = [("Generation", Generation.schema)]

    let provider: (any ImageProvider)?
    /// As many images as one generation may have.
    let most: Int

    var endpoints: [EngineEndpoint] { [Self.create(atMost: most), Self.read, image] }

    private static func create(atMost most: Int) -> EngineEndpoint {
        EngineEndpoint(
            .post,
            "/generations",
            APIOperation(tag, "createGeneration", "Have images generated")
                .body(.object([.required("numImages", .integer(1...Int64(most)))], isOpen: true))
                .answers(
                    .init(
                        201,
                        "It waits to be made",
                        .object([
                            .required("jobId", .text(isEmptyAllowed: false)),
                            .required("status", .choice(["pending"])),
                        ])
                    )
                )
        ) { call in
            var fields = try call.fields()
            guard let count = try fields.integer("numImages", Int.self) else {
                throw fields.problem("numImages", "is missing")
            }
            guard (1...most).contains(count) else {
                throw fields.problem("numImages", "must be from 1 to \(most)")
            }
            let job = JobSpecification(
                kind: Generation.jobs.kind,
                queue: Generation.jobs.queue,
                payload: Array("{\"numImages\":\(count)}".utf8),
                contentType: Payload.json
            )
            let created = try await call.engine.create(job, by: call.context)
            let new = NewGeneration(job: created.value)
            return Reply.json(new, status: .created, sequence: created.sequence)
                .with(.location, "/generations/\(created.value)")
        }
    }

    private static let read = EngineEndpoint(
        .get,
        "/generations/{id}",
        APIOperation(tag, "readGeneration", "One generation, and where its images are")
            .answers(.init(200, "The generation", .named("Generation")))
    ) { call in
        let detail = try await Generation.jobs.detail(call.job(), call.engine)
        return Reply.json(Generation(detail)).tagged(detail.version)
    }

    private var image: EngineEndpoint {
        EngineEndpoint(
            .get,
            "/generations/{id}/images/{number}",
            APIOperation(Self.tag, "readImage", "One image that this server draws itself")
                .path("number", .natural(from: 1))
                .answers(.init(200, "The image", .text(), contentType: "image/svg+xml"))
        ) { [provider] call in
            let number = Int(clamping: try call.number("number"))
            let detail = try await Generation.jobs.detail(call.job(), call.engine)
            let order = try? JSONDecoder().decode(
                GenerationWorker.Order.self,
                from: Data(detail.specification.payload)
            )
            guard detail.state == .succeeded, let order, number <= order.numImages,
                let drawing = provider?.drawing(
                    number,
                    of: GenerationWorker.request(detail.id, numImages: order.numImages)
                )
            else { throw Problem.notFound("Image not found") }
            return .text(drawing, "image/svg+xml")
        }
    }
}

extension RouteGroup {
    static func generations(_ provider: (any ImageProvider)?, atMost most: Int) -> RouteGroup {
        RouteGroup(
            GenerationRoutes(provider: provider, most: most).endpoints,
            GenerationRoutes.schemas,
            services: { engine, logger in
                provider.map { [GenerationWorker.service(engine, $0, logger)] } ?? []
            }
        )
    }
}
