import HTTPTypes
package import JSONText
import Logging
import NIOCore
import NIOHTTP1

extension Problem {
    /// Any error; what has no better name is the server's own fault, and is logged.
    init(_ error: any Error, _ backend: some Backend, _ logger: Logger) {
        if let problem = Problem(known: error) ?? Problem(reading: error) ?? backend.problem(for: error) {
            self = problem
        } else {
            logger.error("a request failed", metadata: ["error": "\(error)"])
            self.init(.internalServerError, "internal", "the server failed; see its log")
        }
    }

    private init?(known error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let field as FieldProblem: self.init(field)
        case let text as JSONProblem: self = .malformed("the body is not JSON: \(text.message)")
        case is CancellationError: self = .closing
        default: return nil
        }
    }

    package init(_ problem: FieldProblem) {
        guard let field = problem.field else {
            self.init(.unprocessableContent, "invalid", "the body \(problem.problem)")
            return
        }
        self = .invalid(field, problem.problem)
    }

    /// The request broke off, came too slowly or is too large: what follows on the connection can't be read.
    private init?(reading error: any Error) {
        switch error {
        case is NIOTooManyBytesError:
            self.init(.contentTooLarge, "bodyTooLarge", "the body is larger than this server takes")
        case is RequestTimeoutHandler.RequestTimeout:
            self.init(.requestTimeout, "tooSlow", "the request did not arrive in time")
        default:
            guard let problem = Problem(unreadable: error) else { return nil }
            self = problem
        }
        endsConnection = true
    }

    /// What was read is no request, or none that this server knows to read.
    init?(unreadable error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case HTTPParserError.headerOverflow:
            self.init(
                .requestHeaderFieldsTooLarge,
                "headersTooLarge",
                "the header fields are too large or too many"
            )
        case let error as HTTPParserError:
            self = .malformed("this is not an HTTP request: \(error)")
        default: return nil
        }
    }
}
