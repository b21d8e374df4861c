import HTTPTypes
package import Waybill
package import WaybillHTTP

extension Problem {
    /// What the domain said no to, with the status that its kind has over HTTP.
    package init(_ refusal: Refusal) {
        self.init(refusal.status, refusal.code, refusal.description)
        if case .invalid(let field, let problem) = refusal.root {
            errors = [Field(name: field, problem: problem)]
        }
    }
}

extension Refusal {
    /// What scripts decide by; the wrong field stands beside it.
    var code: String {
        if case .invalid = root { "invalid" } else { name }
    }

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
