import ServerTestSupport
import Waybill
import WaybillHTTP
import WaybillServer
import WaybillServices

extension TestServer {
    /// A server that offers the services too; generations are left to the test.
    static func services(
        limits: ServerLimits = ServerLimits(),
        engine: Engine? = nil,
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let groups = RouteGroup.services(images: nil)
        try await run(limits: limits, engine: engine, adding: groups, body)
    }
}
