import Orchestration

/// What became of one attempt, as the engine is to be told.
enum AttemptOutcome: Sendable, Hashable {
    case succeeded(Payload)
    case failed(Failure)
    case snoozed(TimeSpan)
    /// Neither done nor failed, because the worker stops.
    case interrupted

    /// What an error of the closure means for a job of this standing.
    init(_ error: any Error, _ standing: RunningJob.Standing) {
        switch error {
        case let failure as JobFailure: self = Self.failed(failure, standing)
        case let snooze as Snooze where snooze.span > .zero: self = .snoozed(snooze.span)
        case _ where standing.isCancelRequested && error is CancellationError:
            self = .failed(Failure(type: "cancelled", message: "stopped on request"))
        // Whatever a cancelled call throws: nobody but the worker is to blame.
        case _ where standing.isStopped: self = .interrupted
        default:
            self = .failed(Failure(type: "\(Swift.type(of: error))", message: "\(error)"))
        }
    }

    private static func failed(_ failure: JobFailure, _ standing: RunningJob.Standing) -> AttemptOutcome {
        if standing.isStopped, failure.isRetryable { return .interrupted }
        return .failed(
            Failure(
                type: failure.type,
                message: failure.message,
                isRetryable: failure.isRetryable,
                retryAfter: failure.retryAfter.map { max($0, .zero) }
            )
        )
    }

    /// Of a failure's message, `messageBytes` are said at most.
    func command(_ holder: Holder, messageBytes: Int) -> Command {
        switch self {
        case .succeeded(let result): return .complete(holder, result: result)
        case .failed(var failure):
            failure.type = Name(failure.type.text.fitting(bytes: Self.typeBytes))
            if failure.type.isEmpty { failure.type = "failure" }
            failure.message = failure.message.fitting(bytes: messageBytes)
            return .fail(holder, failure)
        case .snoozed(let span): return .snooze(holder, for: span)
        case .interrupted: return .release(holder)
        }
    }

    /// As long as a name may be.
    private static let typeBytes = CoreLimits().nameBytes

    /// What is said instead after the engine refused this with `refusal`; nil when nothing is left to say.
    func instead(_ refusal: Refusal) -> AttemptOutcome? {
        switch self {
        case .succeeded:
            .failed(Failure(type: "result", message: "\(refusal)", isRetryable: false))
        case .failed(let failure) where failure.type != "failure":
            .failed(
                Failure(type: "failure", message: "\(refusal)", isRetryable: failure.isRetryable)
            )
        case .failed, .snoozed: .interrupted
        case .interrupted: nil
        }
    }
}

extension String {
    /// Cut at a character so that it is not over `bytes`, without NUL: what the engine takes for a failure's texts.
    fileprivate func fitting(bytes: Int) -> String {
        var text = utf8.count > bytes ? String(decoding: utf8.prefix(bytes), as: UTF8.self) : self
        while text.utf8.count > bytes || (utf8.count > bytes && text.last == "\u{FFFD}") { text.removeLast() }
        if text.utf8.contains(0) { text.removeAll { $0 == "\0" } }
        return text
    }
}
