import HTTPTypes
import Waybill
import WaybillHTTP

extension Problem {
    /// What the engine answers a command with; nil where something is wrong with the server, and not with the request.
    init?(_ error: EngineError) {
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
        case .closed: self = .closing
        case .outcomeUnknown:
            self.init(.serviceUnavailable, "outcomeUnknown", "\(error)", retryAfter: .seconds(5))
        case .logFailed: self.init(.serviceUnavailable, "logFailed", "\(error)", retryAfter: .seconds(5))
        case .resync(let cursor):
            self.init(.gone, "resync", "cursor \(cursor) is not part of this log any more; read anew")
        case .log, .undecodable, .misnumbered, .holdsLog, .noThread, .inconsistent, .clockIsNotVirtual:
            return nil
        }
    }
}
