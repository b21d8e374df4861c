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
        #expect(workload.account.data == 308)
        #expect(workload.account.comments == 1)
        #expect(workload.account.skipped == 0)
        #expect(workload.account.remarks == ["not finite": 1])
        #expect(curve.series.map(\.name) == ["val_loss", "loss", "lr"])
        #expect(curve.series.map(\.points.count) == [7, 301, 301])
        #expect(curve.duration == .milliseconds(62_660))
        #expect(workload.length == curve.duration)
        #expect(curve.series[1].points[137].value.isNaN)
        #expect(curve.job.specification.kind == "simulation")
        #expect(curve.job.fate == .complete)
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
        #expect(batches.map(\.at) == batches.map(\.at).sorted())
        #expect(batches.last?.at == curve.duration)
        for series in curve.series {
            #expect(batches.filter { $0.series == series.name }.flatMap(\.points) == series.points)
        }
    }

    @Test func `an llm.c log has training and validation losses and one second a step`() throws {
        let (curve, account) = try curve(
            "s:0 tel:11.5\ns:0 trl:11.25 lr:0.5 norm:2\ns:7 trl:nan lr:0.5 norm:inf\n"
        )
        #expect(curve.series.map(\.name) == ["val_loss", "loss", "lr", "norm"])
        #expect(account.data == 3)
        #expect(curve.series[1].points.map(\.step) == [0, 7])
        #expect(curve.duration == .seconds(7))
        #expect(curve.series[3].points[1].value == .infinity)
        #expect(account.remarks["not finite"] == 1)
    }

    @Test func `an SU2 history has a series for each column but the counters`() throws {
        let text = """
            "Time_Iter","Outer_Iter","Inner_Iter",    "rms[Rho]"    ,       "CD"      \u{20}
                      0,           0,           0,      -4.5        ,     0.25
                      0,           0,           1,      -4.75       ,     0.125
            """
        let (curve, account) = try curve(text)
        #expect(curve.series.map(\.name) == ["rms[Rho]", "CD"])
        #expect(account.data == 2)
        #expect(curve.series[0].points.map(\.value) == [-4.5, -4.75])
        #expect(curve.duration == .seconds(1))
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
        #expect(curve.series.map(\.name) == ["Ux", "p"])
        #expect(curve.series[1].points.map(\.value) == [1])
        #expect(curve.series[0].points.map(\.step) == [1, 2])
        #expect(curve.series[0].points[1].value.isNaN)
        #expect(curve.duration == .milliseconds(330))
        #expect(account.data == 7)
        #expect(account.comments == 3)
        #expect(account.total == 11)
        #expect(account.problems == [LineProblem(line: 10, problem: "the initial residual is not a number")])
    }

    @Test func `JSON lines have a series for each number, and numbers that JSON doesn't know`() throws {
        let text = """
            {"step": 0, "val_loss": 11.5, "time_ms": 100}
            {"step": 0, "loss": 11, "total_steps": 9, "host": "NaN of {\\"", "at": [1], "time_ms": 150}
            {"step": 1, "loss": NaN, "lr": -Infinity, "done": true, "time_ms": 250}
            {"step": 2.0, "loss": "nan", "lr": null, "time_ms": 300}
            {"step": 3, "loss": 2e0, "kind": "val", "time_ms": 350}
            """
        let (curve, account) = try curve(text, as: "c.jsonl")
        #expect(account.data == 5)
        #expect(account.skipped == 0)
        #expect(account.remarks == ["not finite": 2])
        #expect(curve.series.map(\.name) == ["val_loss", "loss", "lr"])
        #expect(curve.series[0].points.map(\.value) == [11.5, 2])
        #expect(curve.series[1].points.map(\.step) == [0, 1, 2])
        #expect(curve.series[2].points.map(\.value) == [-.infinity])
        #expect(curve.duration == .milliseconds(350))
    }

    @Test func `the sample of JSON lines is read whole`() throws {
        let workload = try WorkloadReader().read(path: Checkout.workload("curve.jsonl"))
        let curve = try #require(workload.curve)
        #expect(workload.format == .lossLines)
        #expect(workload.account.data == 22)
        #expect(curve.series.map(\.points.count) == [2, 20, 20])
    }

    @Test func `row numbers that pandas wrote are no series`() throws {
        let (curve, _) = try curve("Unnamed: 0,step,loss\n0,1,2\n")
        #expect(curve.series.map(\.name) == ["loss"])
    }

    @Test func `a clock that restarts again and again stops at the end of time`() throws {
        let text = "step,loss,time_s\n" + String(repeating: "1,1,4294967296\n2,1,0\n", count: 5)
        let (curve, account) = try curve(text)
        #expect(curve.duration == TimeSpan(nanoseconds: .max))
        #expect(account.data == 10)
        #expect(curve.job.specification.timeouts.lease == TimeSpan(nanoseconds: .max))
    }

    @Test func `a log that names too many series is damaged`() throws {
        let text = (0..<300).map { "s:\($0) trl:1 x\($0):1\n" }.joined()
        let (curve, account) = try curve(text)
        #expect(curve.series.count == 256)
        #expect(account.data == 255)
        #expect(account.skipped == 45)
    }

    @Test(arguments: [
        ("step,loss\n1\n", nil, "has 1 fields instead of 2"),
        ("step,loss\n-1,2\n", "step", "not a number in range"), ("step,loss\n1,x\n", "loss", "not a number"),
        ("step,loss\n1.5,2\n", "step", "not a number in range"),
        ("step,loss,time_ms\n1,2,nan\n", "time_ms", "not a time in range"),
        ("s:1 trl:2\ns:x trl:1\n", nil, "the step is not a number in range"),
        ("s:1 trl:2\nhello\n", nil, "does not begin with s:STEP"),
        ("s:1 trl:2\ns:2\n", nil, "has no value"), ("s:1 trl:2\ns:2 trl\n", nil, "trl is not NAME:NUMBER"),
        ("{\"step\":1,\"loss\":2}\n{\"loss\":2}\n", nil, "has no step"),
        ("{\"step\":1,\"loss\":2}\n{\"step\":-1,\"loss\":2}\n", nil, "step is not a number in range"),
        ("{\"step\":1,\"loss\":2}\n{\"step\":2,\"loss\":null}\n", nil, "has no value"),
        ("{\"step\":1,\"loss\":2}\n{\"step\":2,\"loss\n", nil, "a string is not closed at byte 16"),
        ("{\"step\":1,\"loss\":2}\n[2, 3]\n", nil, "is not an object"),
    ])
    func `a malformed line is skipped, counted and shown`(text: String, field: String?, problem: String)
        throws
    {
        let (_, account) = try curve(text)
        #expect(account.problems == [LineProblem(line: 2, field: field, problem: problem)])
        #expect(account.skipped == 1)
    }
}
