import NIOHTTP1
import ServerTestSupport
import TestSupport
import Testing
import Waybill
import WaybillServer
import WaybillServices

/// What the image service lets its operators decide.
struct GenerationTests {
    @Test func `a generation has as many images as its operator allows`() async throws {
        let groups = RouteGroup.services(ServiceOptions(imagesPerGeneration: 2), images: nil)
        try await TestServer.run(adding: groups) { server in
            try await server.ask(.POST, "/generations", #"{"numImages": 2}"#, is: 201)
            let refused = try await server.ask(.POST, "/generations", #"{"numImages": 3}"#, is: 422)
            #expect(try refused.object()["detail"] as? String == "numImages must be from 1 to 2")
        }
    }

    @Test func `a provider takes its time once for all images of a generation`() async throws {
        let clock = ManualClock()
        let groups = RouteGroup.services(images: DrawnImages(delay: .seconds(2), clock: clock))
        try await TestServer.run(adding: groups) { server in
            try await server.ask(.POST, "/generations", #"{"numImages": 3}"#, is: 201)
            await clock.sleeper(until: .seconds(2))
            let waiting = try await server.ask(.GET, "/generations/1").object()
            #expect(waiting["status"] as? String == "processing")
            clock.advance(by: .seconds(2))
            try await server.follow("/v1/events?from=start&types=job.succeeded") { $0.hasPrefix("id:") }
            let made = try await server.ask(.GET, "/generations/1").object()
            #expect(made["status"] as? String == "completed")
            #expect((made["imageUrls"] as? [String])?.count == 3)
        }
    }
}
