package import Waybill
package import WaybillHTTP

/// An engine with what one server keeps beside it, while it runs.
package struct ServedEngine: Backend {
    package let engine: Engine
    let requests = RequestMetrics()

    package var sequence: UInt64 { engine.durableSequence }

    package func awaitReads(of sequence: UInt64) async throws {
        guard await engine.jobs.caughtUp(to: sequence) else { throw engine.reasonOfLag }
    }

    package func version(under number: UInt64) async -> UInt64? {
        guard await engine.jobs.caughtUp(to: sequence) else { return nil }
        return await engine.jobs[JobID(number)]?.version
    }

    package func problem(for error: any Error) -> Problem? {
        switch error {
        case let refusal as Refusal: Problem(refusal)
        case let error as EngineError: Problem(error)
        default: nil
        }
    }

    package func record(_ answer: EndpointAnswer) {
        requests.record(answer)
    }
}
