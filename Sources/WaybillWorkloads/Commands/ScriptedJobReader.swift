import Orchestration
import WaybillJSON

/// From the fields of a line to a job that is to be created.
enum ScriptedJobReader {
    static func suggestion(
        _ fields: inout JSONFields,
        _ times: inout ScriptTimes
    ) throws(FieldProblem) -> ScriptedCommand.NewJob {
        var job = try job(&fields, &times)
        try job.specification.readSuggestion(&fields)
        return job
    }

    static func job(
        _ fields: inout JSONFields,
        _ times: inout ScriptTimes
    ) throws(FieldProblem) -> ScriptedCommand.NewJob {
        let ref = try fields.text("ref")
        if ref?.isEmpty == true { throw fields.problem("ref", "is empty") }
        let specification = try JobSpecification(&fields, &times)
        let after = fields.holds("after") ? try fields.jobs("after") : []
        return ScriptedCommand.NewJob(ref: ref, specification: specification, after: after)
    }
}
