import TestSupport
import Testing

/// A refusal on the command line names the option or argument that it is about.
struct RefusedOptionTests {
    @Test(
        arguments: [
            (["submit", "k", "--lease", "0s"], "--lease must be positive"),
            (["submit", "k", "--run-timeout", "0s"], "--run-timeout must be positive"),
            (["submit", "k", "--max-attempts", "0"], "--max-attempts must be at least 1"),
            (["submit", "k", "--unique-key", ""], "--unique-key must not be empty"),
            (["submit", ""], "<kind> must not be empty"),
            (["submit", "k", "--tag", ""], "--tag must not be empty"),
            (["submit", "k", "--attribute", "=b"], "--attribute must not be empty"),
            (
                ["submit", "k", "--run-at", "2200-01-02T00:00:00Z", "--expires-at", "2200-01-01T00:00:00Z"],
                "--expires-at lets the job expire before it may run"
            ),
            (
                ["submit", "k", "--delay", "50000d", "--expires-at", "2100-01-01T00:00:00Z"],
                "--expires-at lets the job expire before it may run"
            ),
            (["queue", "configure", "q", "--aging", "0"], "--aging must be positive"),
            (["queue", "configure", "q", "--rate", "1", "--per", "0"], "--per must be positive"),
            (["cancel", "1", "1"], "<ids> names a job twice"),
            (["snooze", "--job", "1", "--for", "0"], "--for must be positive"),
            (["fail", "--job", "1", "--type", ""], "--type must not be empty"),
            (["dispatch", "--worker", "w", "--max", "0"], "--max must be at least 1"),
        ] as [([String], String)]
    )
    func `a refusal names what stands on the command line`(arguments: [String], sentence: String) throws {
        let folder = try TemporaryDirectory()
        #expect(try Tool.run("submit", "first", "--data", folder.path("log")).status == 0)
        let outcome = try Tool.run(arguments + ["--data", folder.path("log")])
        #expect(outcome.status == 1, "\(outcome.errors)")
        #expect(outcome.errors == "waybill: refused: \(sentence)\n")
    }

    @Test(arguments: [["--unique-window", "1h"], ["--on-clash", "existing"], ["--on-clash", "refuse"]])
    func `what is said of a unique key needs one`(options: [String]) throws {
        let outcome = try Tool.run(["submit", "k", "--data", "."] + options)
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("Error: \(options[0]) belongs to --unique-key."))
    }
}
