package import HTTPTypes

/// One operation of the API: where it is, what its contract says, and what it does.
package struct Endpoint<Served: Backend>: Sendable {
    package typealias Action = @Sendable (inout Call<Served>) async throws -> Reply

    package let method: HTTPRequest.Method
    /// Such as `/v1/jobs/{id}`.
    package let path: String
    package let contract: APIOperation
    /// False for what says how the server is, also where reads do not follow.
    package var waitsForReads = true
    /// How a problem looks here, where clients expect it otherwise.
    package var dialect: @Sendable (Problem) -> Problem = { $0 }
    let act: Action

    package init(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ contract: APIOperation,
        _ act: @escaping Action
    ) {
        self.method = method
        self.path = path
        self.contract = contract
        self.act = act
    }

    /// Whether a request may carry a body.
    var takesBody: Bool { contract.body != nil }
}
