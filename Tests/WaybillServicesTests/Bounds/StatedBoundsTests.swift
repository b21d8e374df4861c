import Foundation
import HTTPTypes
import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill
import WaybillHTTP
import WaybillServer

/// Every field of every operation, at the bounds that the description states, below and above them: what it allows is
/// taken, and what it doesn't allow is refused by the name of that very field.
///
/// Texts are counted in bytes where it says `x-maxBytes`.
struct StatedBoundsTests {
    @Test func `each field of /v1 is taken within its stated bounds, and refused by name beyond them`()
        async throws
    {
        let walk = try await walk { $0.path.hasPrefix("/v1") }
        #expect(walk.operations >= 50, "\(walk.operations)")
        #expect(walk.fields >= 550, "\(walk.fields)")
        #expect(walk.taken >= 1400, "\(walk.taken)")
        #expect(walk.outside >= 1700, "\(walk.outside)")
    }

    @Test
    func `each field of the services is taken within its stated bounds, and refused by name beyond them`()
        async throws
    {
        let walk = try await walk { !$0.path.hasPrefix("/v1") }
        #expect(walk.operations >= 34, "\(walk.operations)")
        #expect(walk.fields >= 120, "\(walk.fields)")
        #expect(walk.taken >= 180, "\(walk.taken)")
        #expect(walk.outside >= 350, "\(walk.outside)")
    }

    private func walk(_ isMeant: (EngineEndpoint) -> Bool) async throws -> BoundsWalk {
        var counted: BoundsWalk?
        try await TestServer.services { server in
            var walk = BoundsWalk(server, try await Stage(server.engine))
            for endpoint in server.description.endpoints where isMeant(endpoint) {
                try await walk.walk(endpoint)
            }
            #expect(
                walk.faults.isEmpty,
                "\(walk.faults.count):\n\(walk.faults.prefix(400).joined(separator: "\n"))"
            )
            counted = walk
        }
        return try #require(counted)
    }
}
