import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct CurveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curve",
        abstract: "Prints the points of a job's series.",
        discussion: """
            Every point, as it was added; nothing is sampled. NaN and infinities are printed as such. Without \
            --series the series are listed.
            """
    )

    @Argument(help: "The job's number.")
    var id: UInt64

    @Option(help: "The series to print.")
    var series: String?

    @OptionGroup var options: DataOptions

    struct Overview: Encodable {
        let series: String
        let points: Int
        let notFinite: Int
        let lastStep: UInt64?
        let lastValue: Double?
    }

    struct PointLine: Encodable {
        let step: UInt64
        let time: String
        let value: Double
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let models = try await options.fold().models
            let job = JobID(id)
            guard await models.jobs[job] != nil else { throw CommandFailure("there is no job \(id)") }
            let names = await models.series.names(of: job)
            guard let series else { return try await list(names, models.series) }
            guard names.contains(series) else {
                throw CommandFailure(
                    "job \(id) has no series \(series); it has: \(names.joined(separator: ", "))"
                )
            }
            try show(await models.series.points(of: job, series: series))
        }
    }

    private func list(_ names: [String], _ model: SeriesModel) async throws {
        var overviews: [Overview] = []
        for name in names {
            let points = await model.points(of: JobID(id), series: name)
            let notFinite = points.count { !$0.isFinite }
            overviews.append(
                Overview(
                    series: name,
                    points: points.count,
                    notFinite: notFinite,
                    lastStep: points.last?.step,
                    lastValue: points.last?.value
                )
            )
        }
        if options.json { return try Output.json(["series": overviews]) }
        var table = Table(
            ["SERIES", "POINTS", "NOT FINITE", "LAST STEP", "LAST VALUE"],
            numeric: [1, 2, 3, 4]
        )
        for one in overviews {
            let step = one.lastStep.map(String.init) ?? ""
            let value = one.lastValue.map { String($0) } ?? ""
            table.add([one.series, String(one.points), String(one.notFinite), step, value])
        }
        table.print()
    }

    private func show(_ points: [Point]) throws {
        let lines = points.map { PointLine(step: $0.step, time: $0.time.rfc3339, value: $0.value) }
        if options.json { return try Output.json(["points": lines]) }
        for line in lines { Output.line("\(line.step)\t\(line.time)\t\(line.value)") }
    }
}
