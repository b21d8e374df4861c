import Orchestration
import TestSupport
import Testing
import WaybillJSON
import WaybillWorkloads

/// Convergence curves out of four formats.
struct CurveTests {
    private func curve(_ text: String, as name: String = "c.csv") throws -> (Curve, LineAccount) {
        let workload = try WorkloadReader().read(text, as: name)
        return (try #require(workload.curve), workload.account)
    }

    @Test func `the sample curve is read whole`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("curve.csv"))
        let curve = try #require(workload.curve)
        #expect(
            workload.account.data == 308 && workload.account.comments == 1 && workload.account.skipped == 0
        )
        #expect(workload.account.remarks == ["not finite": 1])
        #expect(curve.series.map(\.name) == ["val_loss", "loss", "lr"])
        #expect(curve.series.map(\.points.count) == [7, 301, 301])
        #expect(curve.duration == .milliseconds(62_660) && workload.length == curve.duration)
        #expect(curve.series[1].points[137].value.isNaN)
        #expect(curve.job.specification.kind == "simulation" && curve.job.fate == .complete)
    }

    @Test func `a logged clock that restarts is kept, and delivery goes on`() throws {
        let (curve, _) = try curve("step,loss,time_ms\n1,3.5,100\n2,3.25,250\n3,3.125,40\n")
        #expect(curve.series[0].points.map(\.time.nanoseconds) == [100_000_000, 250_000_000, 40_000_000])
        let batches = curve.batches(rowsPerBatch: 1, epoch: Timestamp(seconds: 10))
        #expect(batches.map(\.at) == [.milliseconds(100), .milliseconds(250), .milliseconds(290)])
        #expect(batches[2].points[0].time == Timestamp(nanoseconds: 10_040_000_000))
    }

    @Test func `batches hold every point once, in time and in order`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("curve.csv"))
        let curve = try #require(workload.curve)
        let batches = curve.batches(rowsPerBatch: 50, epoch: .zero)
        #expect(batches.map(\.at) == batches.map(\.at).sorted() && batches.last?.at == curve.duration)
        for series in curve.series {
            #expect(batches.filter { $0.series == series.name }.flatMap(\.points) == series.points)
        }
    }

    @Test func `an llm.c log has training and validation losses and one second a step`() throws {
        let (curve, account) = try curve(
            "s:0 tel:11.5\ns:0 trl:11.25 lr:0.5 norm:2\ns:7 trl:nan lr:0.5 norm:inf\n"
        )
        #expect(curve.series.map(\.name) == ["val_loss", "loss", "lr", "norm"] && account.data == 3)
        #expect(curve.series[1].points.map(\.step) == [0, 7] && curve.duration == .seconds(7))
        #expect(curve.series[3].points[1].value == .infinity && account.remarks["not finite"] == 1)
    }

    @Test func `an SU2 history has a series for each column but the counters`() throws {
        let text = """
            "Time_Iter","Outer_Iter","Inner_Iter",    "rms[Rho]"    ,       "CD"      \u{20}
                      0,           0,           0,      -4.5        ,     0.25
                      0,           0,           1,      -4.75       ,     0.125
            """
        let (curve, account) = try curve(text)
        #expect(curve.series.map(\.name) == ["rms[Rho]", "CD"] && account.data == 2)
        #expect(curve.series[0].points.map(\.value) == [-4.5, -4.75] && curve.duration == .seconds(1))
    }

    @Test func `an OpenFOAM log has the first initial residual of each field and its own clock`() throws {
        let text = """
            | OpenFOAM: The Open Source CFD Toolbox |
            Time = 1

            smoothSolver:  Solving for Ux, Initial residual = 0.5, Final residual = 0.02, No Iterations 2
            GAMG:  Solving for p, Initial residual = 1, Final residual = 0.1, No Iterations 34
            GAMG:  Solving for p, Initial residual = 0.25, Final residual = 0.1, No Iterations 34
            ExecutionTime = 0.33 s  ClockTime = 0 s
            Time = 2s
            smoothSolver:  Solving for Ux, Initial residual = nan, Final residual = 0.02, No Iterations 2
            smoothSolver:  Solving for Uy, Initial residual = ?, Final residual = 0.02, No Iterations 2
            End
            """
        let (curve, account) = try curve(text, as: "c.log")
        #expect(curve.series.map(\.name) == ["Ux", "p"] && curve.series[1].points.map(\.value) == [1])
        #expect(curve.series[0].points.map(\.step) == [1, 2] && curve.series[0].points[1].value.isNaN)
        #expect(curve.duration == .milliseconds(330))
        #expect(account.data == 7 && account.comments == 3 && account.total == 11)
        #expect(account.problems == [LineProblem(line: 10, problem: "the initial residual is not a number")])
    }

    @Test func `a clock that restarts again and again stops at the end of time`() throws {
        let text = "step,loss,time_s\n" + String(repeating: "1,1,4294967296\n2,1,0\n", count: 5)
        let (curve, account) = try curve(text)
        #expect(curve.duration == TimeSpan(nanoseconds: .max) && account.data == 10)
        #expect(curve.job.specification.timeouts.lease == TimeSpan(nanoseconds: .max))
    }

    @Test func `a log that names too many series is damaged`() throws {
        let text = (0..<300).map { "s:\($0) trl:1 x\($0):1\n" }.joined()
        let (curve, account) = try curve(text)
        #expect(curve.series.count == 256 && account.data == 255 && account.skipped == 45)
    }

    @Test(arguments: [
        ("step,loss\n1\n", "has 1 fields instead of 2"),
        ("step,loss\n-1,2\n", "step is not a number in range"),
        ("step,loss\n1,x\n", "loss is not a number"), ("step,loss\n1.5,2\n", "step is not a number in range"),
        ("step,loss,time_ms\n1,2,nan\n", "time_ms is not a time in range"),
        ("s:1 trl:2\ns:x trl:1\n", "the step is not a number in range"),
        ("s:1 trl:2\nhello\n", "does not begin with s:STEP"), ("s:1 trl:2\ns:2\n", "has no value"),
        ("s:1 trl:2\ns:2 trl\n", "trl is not NAME:NUMBER"),
    ])
    func `a malformed line is skipped, counted and shown`(text: String, problem: String) throws {
        let (_, account) = try curve(text)
        #expect(account.problems == [LineProblem(line: 2, problem: problem)] && account.skipped == 1)
    }
}
