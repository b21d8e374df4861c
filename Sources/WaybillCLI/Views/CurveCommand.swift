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
    var series: Name?

    @OptionGroup var options: DataOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let models = try await options.fold().models
            let job = JobID(id)
            guard await models.jobs[job] != nil else { throw CommandFailure("there is no job \(id)") }
            guard let series else { return await list(models.series) }
            let names = await models.series.names(of: job)
            guard names.contains(series) else {
                throw CommandFailure(
                    "job \(id) has no series \(series); it has: \(names.map(\.text).joined(separator: ", "))"
                )
            }
            let curve = await models.series.reduced(of: job, series: series, max: .max)
            if options.json { return Output.json(NamedCurve(name: series, curve)) }
            for point in curve.buckets.map(\.first.point) {
                Output.line("\(point.step)\t\(point.time.rfc3339)\t\(point.value)")
            }
        }
    }

    private func list(_ model: SeriesModel) async {
        let job = JobID(id)
        let summaries = await model.summaries(of: job)
        if options.json { return Output.json(JSONPage(summaries, next: Name?.none)) }
        var table = Table(["NAME", "COUNT", "NOT FINITE", "LAST STEP", "LAST VALUE"], numeric: [1, 2, 3, 4])
        for series in summaries {
            let whole = await model.reduced(of: job, series: series.name, max: 1).buckets.first
            let last = series.last?.point
            table.add([
                series.name.text, String(series.count), String(whole?.nonFiniteCount ?? 0),
                last.map { String($0.step) } ?? "", last.map { String($0.value) } ?? "",
            ])
        }
        table.print()
    }
}
