import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSONText
import NIOCore
import NIOPosix

/// What a request says beyond its head: JSON, or nothing.
struct RequestBody: Sendable {
    /// As it came; empty where there was none.
    var bytes: [UInt8] = []
    /// Nil where there was none.
    var value: JSONValue?
    /// The memory that both have.
    var share: BodyMemory.Share?
}

/// Reads and parses bodies within the limits of a server.
///
/// A large one is parsed on a thread of its own, one at a time: nobody else waits for it, and there is one tree at most
/// that is being built.
struct BodyReader: Sendable {
    private let limits: ServerLimits
    private let memory: BodyMemory
    private let thread = NIOThreadPool(numberOfThreads: 1)

    init(_ limits: ServerLimits) {
        self.limits = limits
        memory = BodyMemory(limits.allBodiesBytes)
    }

    /// Reads what is sent while `serve` runs.
    func reading(_ serve: () async throws -> Void) async throws {
        thread.start()
        let result: Result<Void, any Error>
        do { result = .success(try await serve()) } catch { result = .failure(error) }
        try? await thread.shutdownGracefully()
        try result.get()
    }

    /// The body of a request.
    ///
    /// - Parameter isTaken: Whether the endpoint takes one; another is read, and that is all.
    func body(of request: Request, isTaken: Bool) async throws -> RequestBody {
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length > 0 || request.headers[.transferEncoding] != nil else { return RequestBody() }
        if length > limits.bodyBytes { throw NIOTooManyBytesError(maxBytes: limits.bodyBytes) }
        try request.checkCoding()
        let share = memory.share()
        let bytes = try await read(request, length, share)
        guard isTaken, !bytes.isEmpty else { return RequestBody() }
        try request.checkType()
        return RequestBody(bytes: bytes, value: try await parse(bytes, share), share: share)
    }

    /// Counts what has arrived, not what was announced: who sends half of it and waits keeps no memory from others.
    private func read(_ request: Request, _ length: Int, _ share: BodyMemory.Share) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        for try await piece in request.body {
            guard bytes.count + piece.readableBytes <= limits.bodyBytes else {
                throw NIOTooManyBytesError(maxBytes: limits.bodyBytes)
            }
            try share.addPiece(piece.readableBytes)
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return bytes
    }

    private func parse(_ bytes: [UInt8], _ share: BodyMemory.Share) async throws -> JSONValue {
        guard bytes.count > BodyMemory.smallBytes else { return try tree(bytes, share) }
        return try await thread.runIfActive { try tree(bytes, share) }
    }

    /// Refuses by size before anything is built.
    private func tree(_ bytes: [UInt8], _ share: BodyMemory.Share) throws -> JSONValue {
        let size = JSONValue.parsedBytes(of: bytes)
        guard size <= limits.parsedBodyBytes else {
            throw Problem(
                .contentTooLarge,
                "bodyTooLarge",
                "the body has so many values that they would take \(size >> 20) MiB, over \(limits.parsedBodyBytes >> 20); "
                    + "send less at once"
            )
        }
        try share.addTree(size)
        return try JSONValue.parse(bytes[...])
    }
}

extension Request {
    fileprivate func checkCoding() throws(Problem) {
        guard let coding = headers[.contentEncoding], coding.lowercased() != "identity" else { return }
        let detail = "bodies are taken as they are, not as \(coding)"
        throw .unsupported("encoded", detail, [.acceptEncoding: "identity"])
    }

    fileprivate func checkType() throws(Problem) {
        guard headers[.contentType]?.isJSONType != true else { return }
        let types = "application/json, application/*+json"
        var accepted: HTTPFields = [.accept: types]
        if method == .patch { accepted[.acceptPatch] = types }
        let type = headers[.contentType] ?? "missing"
        throw .unsupported("notJSON", "the content type is \(type); send application/json", accepted)
    }
}

extension Problem {
    /// With what would be taken (RFC 9110, 15.5.16; RFC 5789, 2.2).
    fileprivate static func unsupported(_ code: String, _ detail: String, _ accepted: HTTPFields) -> Problem {
        var problem = Problem(.unsupportedMediaType, code, detail)
        problem.headers = accepted
        return problem
    }
}

extension HTTPField.Name {
    fileprivate static let acceptPatch = Self("Accept-Patch").unsafelyUnwrapped
}
