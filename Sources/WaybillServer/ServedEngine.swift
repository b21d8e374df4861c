package import Waybill
package import WaybillHTTP

/// An engine with what one server keeps beside it, while it runs.
package struct ServedEngine: Backend {
    package let engine: Engine
    let requests = RequestMetrics()

    package var sequence: UInt64 { engine.durableSequence }

    package func shows(_ sequence: UInt64) async -> Bool {
        await engine.jobs.caughtUp(to: sequence)
    }

    package func version(under number: UInt64) async -> UInt64? {
        guard await shows(sequence) else { return nil }
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
