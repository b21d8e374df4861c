import HTTPTypes
package import Waybill
package import WaybillHTTP
import WaybillJSON

extension Problem {
    /// What the engine answers a command with; nil where something is wrong with the server, and not with the request.
    init?(_ error: EngineError) {
        switch error {
        case .refused(let refusal): self.init(refusal)
        case .intakeFull:
            self.init(.tooManyRequests, "intakeFull", "\(error)", retryAfter: .milliseconds(100))
        case .noSpace: self.init(.serviceUnavailable, "noSpace", "\(error)", retryAfter: .seconds(5))
        case .callerGone: self = .callerGone
        case .closed: self = .closing
        case .outcomeUnknown:
            self.init(.serviceUnavailable, "outcomeUnknown", "\(error)", retryAfter: .seconds(5))
        case .logFailed: self.init(.serviceUnavailable, "logFailed", "\(error)", retryAfter: .seconds(5))
        case .resync(let cursor):
            self.init(.gone, "resync", "cursor \(cursor) is not part of this log any more; read anew")
        case .log(.damaged), .undecodable, .misnumbered, .inconsistent:
            self.init(.serviceUnavailable, "logDamaged", "\(error)")
        case .log: self.init(.serviceUnavailable, "logUnreadable", "\(error)", retryAfter: .seconds(5))
        case .holdsLog, .noThread, .clockIsNotVirtual: return nil
        }
    }
}

extension Problem {
    /// What the domain said no to, with the status that its kind has over HTTP.
    package init(_ refusal: Refusal) {
        guard let wrong = refusal.fieldProblem, let field = wrong.field else {
            var retryAfter: Duration?
            if case .tooManyKeys(let wait) = refusal.root { retryAfter = .nanoseconds(wait.nanoseconds) }
            self.init(refusal.status, refusal.name, refusal.description, retryAfter: retryAfter)
            return
        }
        let name = Self.headers[field] ?? field
        let problem = Problem.Field(name: name, problem: wrong.problem)
        self.init(refusal.status, refusal.name, "\(name) \(wrong.problem)", errors: [problem])
    }

    /// Fields of a command that are header fields over HTTP.
    private static let headers = ["expectedVersion": "If-Match", "idempotencyKey": "Idempotency-Key"]
}

extension Refusal {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .notFound, .machineNotFound, .workerNotFound, .queueUnknown: .notFound
        case .versionConflict: .preconditionFailed
        case .payloadTooLarge, .commandTooLarge: .contentTooLarge
        case .keyReused, .invalid: .unprocessableContent
        case .approvalNeeded: .forbidden
        case .tooManyKeys: .tooManyRequests
        case .payloadGone: .gone
        case .queueDraining: .serviceUnavailable
        case .duplicate, .machineExists, .alreadyDecided, .alreadyEnded, .notRunning, .wrongState, .held,
            .limitReached,
            .workerIsFull, .noCapacity, .leaseLost:
            .conflict
        case .member(_, let refusal): refusal.status
        }
    }
}
