import HTTPTypes
import Logging

/// One operation of the API: where it is, what its contract says, and what it does.
struct Endpoint: Sendable {
    typealias Action = @Sendable (inout Call) async throws -> Reply

    let method: HTTPRequest.Method
    /// Such as `/v1/jobs/{id}`.
    let path: String
    let contract: APIOperation
    /// False for what says how the server is, also where its read models don't follow.
    var readsModels = true
    /// How a problem looks here, where a service's own clients expect it otherwise.
    var dialect: @Sendable (Problem) -> Problem = { $0 }
    let act: Action

    init(_ method: HTTPRequest.Method, _ path: String, _ contract: APIOperation, _ act: @escaping Action) {
        self.method = method
        self.path = path
        self.contract = contract
        self.act = act
    }

    func problem(_ error: any Error, _ logger: Logger) -> Problem {
        dialect(Problem(error, logger: logger))
    }

    /// Whether a request may carry a body.
    var takesBody: Bool { contract.body != nil }
}
