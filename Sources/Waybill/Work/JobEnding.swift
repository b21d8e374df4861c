import Orchestration

/// What became of one attempt, as the engine is to be told.
enum JobEnding: Sendable, Hashable {
    case succeeded(Payload)
    case failed(Failure)
    case snoozed(Span)
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
            let type = String(describing: Swift.type(of: error))
            self = .failed(Failure(type: type.fitting(bytes: 256), message: "\(error)".fitting()))
        }
    }

    private static func failed(_ failure: JobFailure, _ standing: RunningJob.Standing) -> JobEnding {
        if standing.isStopped, failure.isRetryable { return .interrupted }
        return .failed(
            Failure(
                type: failure.type.fitting(bytes: 256),
                message: failure.message.fitting(),
                isRetryable: failure.isRetryable,
                retryAfter: failure.retryAfter.map { max($0, .zero) }
            )
        )
    }

    func command(_ holder: Holder) -> Command {
        switch self {
        case .succeeded(let result): .complete(holder, result: result)
        case .failed(let failure): .fail(holder, failure)
        case .snoozed(let span): .snooze(holder, for: span)
        case .interrupted: .release(holder)
        }
    }

    /// What is said instead after the engine refused this with `refusal`; nil when nothing is left to say.
    func instead(_ refusal: Refusal) -> JobEnding? {
        switch self {
        case .succeeded:
            .failed(Failure(type: "result", message: "\(refusal)".fitting(), isRetryable: false))
        case .failed(let failure) where failure.type != "failure":
            .failed(
                Failure(type: "failure", message: "\(refusal)".fitting(), isRetryable: failure.isRetryable)
            )
        case .failed, .snoozed: .interrupted
        case .interrupted: nil
        }
    }
}

extension String {
    /// Cut at a character so that it is not over `bytes`, without NUL: what the engine takes for a failure's texts.
    fileprivate func fitting(bytes: Int = 8192) -> String {
        var text = utf8.count > bytes ? String(decoding: utf8.prefix(bytes), as: UTF8.self) : self
        while text.utf8.count > bytes || (utf8.count > bytes && text.last == "\u{FFFD}") { text.removeLast() }
        if text.utf8.contains(0) { text.removeAll { $0 == "\0" } }
        return text
    }
}
