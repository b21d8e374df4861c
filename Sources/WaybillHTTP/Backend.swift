package import HTTPTypes

/// What stands behind a server's endpoints, as far as HTTP has to know of it.
package protocol Backend: Sendable {
    /// The sequence of the newest state that may be shown.
    var sequence: UInt64 { get }

    /// Waits until reads show everything up to a sequence; throws why, where they do not follow any more.
    func awaitReads(of sequence: UInt64) async throws

    /// The version of what has this number in a path, where `If-Match` names several; nil for what has none.
    func version(under number: UInt64) async -> UInt64?

    /// What an error of the backend's own is over HTTP; nil for one that is nobody's fault but the server's.
    func problem(for error: any Error) -> Problem?

    /// Called once for every answer of an endpoint.
    func record(_ answer: EndpointAnswer)
}

/// How an endpoint answered one request, for whoever measures.
package struct EndpointAnswer: Sendable {
    package let method: HTTPRequest.Method
    /// The path as the contract names it, so that there are few however many things stand under it.
    package let path: String
    package let status: HTTPResponse.Status
    package let duration: Duration
}
