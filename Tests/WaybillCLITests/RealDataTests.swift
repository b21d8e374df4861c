import TestSupport
import Testing

/// The beginning of real traces, one of each format, where they lie beside the checkout.
struct RealDataTests {
    @Test(
        .enabled(if: Checkout.hasTraces),
        arguments: [
            ("hpc_nasa_ipsc_1993.swf.gz", "swf"), ("hpc_kth_sp2_1996.swf", "swf"),
            ("bike_oslo_status_2023-06-12_18.csv.gz", "stationStatus"),
            ("imagegen_requests_a.csv", "imageRequests"), ("ci_job_rerun_attempts.csv.gz", "ciAttempts"),
            ("curve_nanogpt_muon_124m.csv", "lossTable"), ("curve_gpt2_124m_llmc.log", "llmcLog"),
            ("curve_su2_flatplate_035x025_sst.csv", "su2History"),
            ("curve_openfoam_backward_step.log", "openFOAMLog"),
        ]
    )
    func `three hundred lines of each format play and replay the same`(file: String, format: String) throws {
        let outcome = try Tool.run(
            "run",
            "--json",
            "--durability",
            "none",
            "--limit",
            "300",
            Checkout.trace(file)
        )
        let report = try outcome.object()
        #expect(outcome.status == 0 && report["digest"] as? String == report["replayDigest"] as? String)
        let lines = try #require((report["lines"] as? [[String: Any]])?.first)
        #expect(lines["format"] as? String == format && lines["data"] as? Int == 300)
        let jobs = try #require(report["jobs"] as? [String: Int])
        let ended = ["succeeded", "dead", "cancelled", "open"].reduce(0) { $0 + (jobs[$1] ?? 0) }
        #expect(jobs["created"] == ended && report["refusals"] as? [String: Int] == [:])
        #expect((report["points"] as? Int ?? 0) > 0 || ended > 0)
    }
}
