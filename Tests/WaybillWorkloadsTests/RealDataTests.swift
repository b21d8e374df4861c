import Orchestration
import TestSupport
import Testing
import WaybillJSON
import WaybillWorkloads

/// The real traces: every line accounted for, and the numbers that their description states.
///
/// Skipped where the folder of traces is not beside the checkout.
@Suite(.enabled(if: Checkout.hasTraces))
struct RealDataTests {
    struct Trace: Sendable {
        var file: String
        var jobs: Int
        var comments: Int
        var processors: UInt64
        var fates: FateCounts
        var outOfOrder: Int?
        var lastArrival: Int64
        var start: Int64
    }

    @Test(arguments: [
        Trace(
            file: "hpc_kth_sp2_1996.swf",
            jobs: 27_992,
            comments: 24,
            processors: 100,
            fates: FateCounts(complete: 20_483, fail: 7_509),
            lastArrival: 28_763_768,
            start: 844_079_881
        ),
        Trace(
            file: "hpc_nasa_ipsc_1993.swf.gz",
            jobs: 18_239,
            comments: 32,
            processors: 128,
            fates: FateCounts(complete: 18_239),
            lastArrival: 7_948_936,
            start: 749_458_803
        ),
        Trace(
            file: "hpc_llnl_thunder_2007.swf.gz",
            jobs: 121_039,
            comments: 26,
            processors: 4008,
            fates: FateCounts(complete: 104_162, fail: 8_856, cancelWaiting: 172, cancelRunning: 7_849),
            outOfOrder: 808,
            lastArrival: 12_976_987,
            start: 1_170_175_078
        ),
    ])
    func `an HPC trace has the jobs that its description states`(trace: Trace) throws {
        let workload = try WorkloadReader().read(path: Checkout.trace(trace.file))
        let jobs = try #require(workload.jobs)
        #expect(workload.account.data == trace.jobs)
        #expect(jobs.count == trace.jobs)
        #expect(workload.account.comments == trace.comments)
        #expect(workload.account.skipped == 0)
        #expect(workload.account.remarks["out of submit order"] == trace.outOfOrder)
        #expect(jobs.machine?.cpuMillis == trace.processors * 1000)
        #expect(workload.length == .seconds(trace.lastArrival))
        #expect(workload.start == Timestamp(seconds: trace.start))
        #expect(jobs.indices.map { jobs[$0] }.counts == trace.fates)
    }

    @Test func `the largest trace has 202,876 job lines`() throws {
        var source = try LineSource(path: Checkout.trace("hpc_hpc2n_2002.swf.gz"))
        var jobs = 0
        while let line = try source.next() { jobs += line.bytes.first == 0x3b ? 0 : 1 }
        #expect(jobs == 202_876)
        #expect(source.bytesRead == source.totalBytes)
    }

    @Test func `a week of stations has 477 snapshots, and the suggestions that were counted by other means`()
        throws
    {
        let workload = try WorkloadReader().read(
            path: Checkout.trace("bike_oslo_status_2023-06-12_18.csv.gz")
        )
        let trace = try #require(workload.stationTrace)
        #expect(workload.account.data == 124_518)
        #expect(workload.account.comments == 1)
        #expect(workload.account.skipped == 0)
        #expect(workload.account.remarks == ["not in the station list": 3668])
        #expect(trace.snapshots.count == 477)
        #expect(trace.stations.count == 260)
        #expect(trace.snapshots.reduce(0) { $0 + $1.readings.count } == 120_850)
        #expect(workload.start == Timestamp(seconds: 1_686_529_206))
        #expect(workload.length == .seconds(602_584))
        let short = StationTrace(stations: trace.stations, snapshots: Array(trace.snapshots.prefix(1)))
        #expect(RebalancingTotals(short).suggestions == 83)
    }

    @Test func `one document of the feed has 261 stations`() throws {
        let workload = try WorkloadReader().read(
            path: Checkout.trace("bike_oslo_station_status_snapshot.json")
        )
        let trace = try #require(workload.stationTrace)
        #expect(workload.account.data == 261)
        #expect(workload.account.skipped == 0)
        #expect(workload.account.remarks == ["not in the station list": 7])
        #expect(trace.snapshots.map(\.readings.count) == [254])
        #expect(workload.start == Timestamp(seconds: 1_686_701_814))
        #expect(RebalancingTotals(trace).suggestions == 79)
    }

    @Test func `image requests are 14,008 with nine left waiting`() throws {
        let workload = try WorkloadReader().read(path: Checkout.trace("imagegen_requests_a.csv"))
        let trace = try #require(workload.jobs)
        #expect(workload.account.data == 14_008)
        #expect(workload.account.skipped == 0)
        let counts = trace.indices.map { trace[$0] }.counts
        #expect(counts == FateCounts(complete: 13_766, fail: 233, leaveWaiting: 9))
        #expect(workload.start == Timestamp(seconds: 1_731_689_870))
    }

    @Test func `CI attempts are 14,023 runs, and every row is played, repeated or remarked on`() throws {
        let workload = try WorkloadReader().read(path: Checkout.trace("ci_job_rerun_attempts.csv.gz"))
        let trace = try #require(workload.jobs)
        #expect(workload.account.data == 32_054)
        #expect(workload.account.comments == 1)
        #expect(workload.account.skipped == 0)
        let remarks = [
            "negative run time": 1, "no conclusion": 6, "repeats a line": 138, "success, but run again": 542,
            "unknown run time": 36,
        ]
        #expect(workload.account.remarks == remarks)
        let jobs = trace.indices.map { trace[$0] }
        #expect(jobs.counts == FateCounts(complete: 10_371, fail: 3_297, cancelRunning: 355))
        #expect(jobs.count == 14_023)
        #expect(jobs.reduce(138) { $0 + 1 + $1.earlierAttempts.count } == 32_054)
        #expect(jobs.map(\.specification.retry.maxAttempts).max() == 36)
        #expect(workload.start == nil)
        #expect(workload.length == .milliseconds(35_088_054_440))
    }

    @Test(arguments: [
        ("curve_gpt2_124m_llmc.log", 19_640, 0, ["val_loss": 80, "loss": 19_560], 19_560_000),
        ("curve_nanogpt_muon_124m.csv", 6_251, 1, ["val_loss": 51, "loss": 6_200], 1_416_743),
        ("curve_nanogpt_soap_124m.csv", 6_049, 1, ["val_loss": 49, "loss": 6_000], 2_202_986),
        ("curve_su2_flatplate_035x025_sst.csv", 1_397, 1, ["rms[Rho]": 1_397, "CEff": 1_397], 1_396_000),
        ("curve_openfoam_backward_step.log", 14_000, 6413, ["Ux": 2_000, "p": 2_000, "k": 2_000], 61_100),
    ])
    func `a curve has the points that its description states`(
        file: String,
        data: Int,
        comments: Int,
        points: [String: Int],
        milliseconds: Int64
    ) throws {
        let workload = try WorkloadReader().read(path: Checkout.trace(file))
        let curve = try #require(workload.curve)
        #expect(workload.account.data == data)
        #expect(workload.account.comments == comments)
        #expect(workload.account.skipped == 0)
        #expect(workload.account.remarks.isEmpty)
        #expect(curve.duration == .milliseconds(milliseconds))
        for (name, count) in points {
            #expect(curve.series.first { $0.name.text == name }?.points.count == count)
        }
    }

    @Test(arguments: [
        "gpu_openb_2023_pods.csv", "gpu_openb_2023_nodes.csv", "borg_2019_instance_events_sample.csv",
        "llm_requests_azure_2023_code.csv", "imagegen_prompts_parti.tsv",
        "bike_oslo_stations.csv",
    ])
    func `the other files say that they cannot be played yet`(file: String) throws {
        let error = #expect(throws: WorkloadError.self) {
            try WorkloadReader().read(path: Checkout.trace(file))
        }
        guard case .unsupported = error else {
            Issue.record("got \(String(describing: error))")
            return
        }
    }
}
