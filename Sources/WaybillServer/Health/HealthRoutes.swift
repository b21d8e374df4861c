import HTTPTypes
import WaybillJSON

/// Whether the process lives, and whether it takes work.
enum HealthRoutes {
    static let endpoints: [Endpoint] = [live]

    private static let live: Endpoint = {
        let contract = Contract("Health", "live", "Whether the process answers at all")
            .answers(.init(200, "It does", .object([.required("status", .text())])))
        var endpoint = Endpoint(.get, "/livez", contract) { call in
            try call.query.finish()
            var json = JSONWriter()
            json.field("status", "ok")
            return .json(json.finish())
        }
        endpoint.readsModels = false
        return endpoint
    }()
}
