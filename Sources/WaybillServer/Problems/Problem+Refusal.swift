import HTTPTypes
package import Waybill
package import WaybillHTTP
import WaybillJSON

extension Problem {
    /// What the domain said no to, with the status that its kind has over HTTP.
    package init(_ refusal: Refusal) {
        guard let wrong = refusal.fieldProblem, let field = wrong.field else {
            self.init(refusal.status, refusal.name, refusal.description)
            return
        }
        self = .invalid(field, wrong.problem)
    }
}

extension Refusal {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .notFound, .machineNotFound, .workerNotFound, .queueUnknown: .notFound
        case .versionConflict: .preconditionFailed
        case .payloadTooLarge, .commandTooLarge: .contentTooLarge
        case .keyReused, .invalid: .unprocessableContent
        case .approvalNeeded: .forbidden
        case .payloadGone: .gone
        case .queueDraining: .serviceUnavailable
        case .duplicate, .alreadyDecided, .alreadyEnded, .notRunning, .wrongState, .held, .limitReached,
            .workerIsFull, .noCapacity, .leaseLost:
            .conflict
        case .member(_, let refusal): refusal.status
        }
    }
}
