import Orchestration
import Waybill
import WaybillJSON

/// A job that a request asks for, with its tasks.
struct NewJob: Sendable {
    var specification: JobSpecification
    var tasks: [JobSpecification] = []

    init(specification: JobSpecification) {
        self.specification = specification
    }

    /// The request's whole body.
    init(_ fields: inout JSONFields) throws {
        specification = try Self.job(&fields)
        guard fields.holds("tasks") else {
            _ = fields.member("tasks")
            return
        }
        for var object in try fields.objects("tasks") {
            tasks.append(try Self.job(&object))
            try object.finish()
        }
    }

    /// The fields of one job, without tasks.
    static func job(_ fields: inout JSONFields) throws(FieldProblem) -> JobSpecification {
        var dates = Dates()
        var job = try JobSpecification(&fields, &dates)
        job.after = try fields.jobs("after", count: 0...256)
        return job
    }
}
