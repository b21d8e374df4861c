import HTTPTypes
import Logging
import Waybill
import WaybillJSON

extension Problem {
    /// Any error that a route threw; what has no better name is the server's own fault, and is logged.
    init(_ error: any Error, logger: Logger) {
        switch error {
        case let problem as Problem: self = problem
        case let field as FieldProblem: self.init(field)
        case let text as JSONProblem: self = .malformed("the body is not JSON: \(text.message)")
        case let error as EngineError: self.init(error, logger: logger)
        case let refusal as Refusal: self.init(refusal)
        case is CancellationError:
            self.init(.serviceUnavailable, "closing", "the server is closing", retryAfter: .seconds(1))
        default:
            logger.error("a request failed", metadata: ["error": "\(error)"])
            self.init(.internalServerError, "internal", "the server failed; see its log")
        }
    }

    init(_ problem: FieldProblem) {
        guard let field = problem.field else {
            self.init(.unprocessableContent, "invalid", "the body \(problem.problem)")
            return
        }
        self = .invalid(field, problem.problem)
    }

    private init(_ error: EngineError, logger: Logger) {
        switch error {
        case .refused(let refusal): self.init(refusal)
        case .intakeFull:
            self.init(.tooManyRequests, "intakeFull", "\(error)", retryAfter: .milliseconds(100))
        case .noSpace: self.init(.serviceUnavailable, "noSpace", "\(error)", retryAfter: .seconds(5))
        case .callerGone:
            self.init(
                HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request"),
                "callerGone",
                "the client closed its side while it waited; what it was given is given back"
            )
        case .closed:
            self.init(.serviceUnavailable, "closing", "the server is closing", retryAfter: .seconds(1))
        case .outcomeUnknown:
            self.init(.serviceUnavailable, "outcomeUnknown", "\(error)", retryAfter: .seconds(5))
        case .logFailed: self.init(.serviceUnavailable, "logFailed", "\(error)", retryAfter: .seconds(5))
        case .resync(let cursor):
            self.init(.gone, "resync", "cursor \(cursor) is not part of this log any more; read anew")
        case .log, .undecodable, .misnumbered, .holdsLog, .noThread, .inconsistent, .clockIsNotVirtual:
            logger.error("a request failed", metadata: ["error": "\(error)"])
            self.init(.internalServerError, "internal", "the server failed; see its log")
        }
    }
}
