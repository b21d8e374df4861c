import Foundation
import TestSupport
import Testing

/// The commands that open a log, do one thing and close it.
struct CommandTests {
    /// A log in a folder of its own, and the tool on it.
    private final class Desk {
        let folder: TemporaryDirectory

        init() throws { folder = try TemporaryDirectory() }

        var path: String { folder.path("log") }

        @discardableResult
        func tool(_ arguments: String..., status: Int32 = 0) throws -> Tool.Outcome {
            let outcome = try Tool.run(arguments + ["--data", path])
            #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
            return outcome
        }

        func state(of job: Int) throws -> String? {
            try tool("job", String(job), "--json").objects()[0]["state"] as? String
        }
    }

    /// RFC 8259 §8.3 compares bytes; and a sign is one character with the accent behind it, to Swift.
    @Test func `attributes whose keys look alike are both kept, and a value may begin with an accent`() throws
    {
        let desk = try Desk()
        let pairs = ["caf\u{e9}=1", "cafe\u{301}=2", "x=\u{301}y"]
        try desk.tool(
            "submit",
            "k",
            "--attribute",
            pairs[0],
            "--attribute",
            pairs[1],
            "--attribute",
            pairs[2]
        )
        let shown = try desk.tool("job", "1", "--json").text
        for pair in [#""caf\#u{e9}":"1""#, #""cafe\#u{301}":"2""#, #""x":"\#u{301}y""#] {
            #expect(shown.utf8.firstRange(of: pair.utf8) != nil, "\(shown)")
        }
    }

    @Test func `a job is submitted, leased and completed by four processes`() throws {
        let desk = try Desk()
        let options = [
            "--queue", "frames", "--payload", "{\"frame\": 7}", "--tag", "t", "--attribute", "a=b=c",
        ]
        let submitted = try Tool.run(["submit", "render", "--data", desk.path, "--actor", "ann"] + options)
        #expect(submitted.text == "1\n")
        let leases =
            try desk.tool("dispatch", "--worker", "w", "--json").object()["leases"] as? [[String: Any]]
        let lease = try #require(leases?.first)
        #expect(lease["payload"] as? [String: Int] == ["frame": 7])
        #expect(lease["attempt"] as? Int == 1)
        #expect(lease["contentType"] as? String == "application/json")
        let token = try #require(lease["token"] as? String)
        try desk.tool("complete", token, "--payload", "done")
        #expect(try desk.state(of: 1) == "succeeded")
        let late = try desk.tool("complete", token, status: 1)
        #expect(late.errors.contains("lease \(token) is lost"))
        let history = try desk.tool("history", "job", "1").lines
        try #require(history.count == 4)
        #expect(history[1].contains("job.created"))
        #expect(history[1].contains("ann"))
        #expect(try desk.tool("log", "verify").status == 0)
    }

    @Test func `a running job is cancelled at once by force`() throws {
        let desk = try Desk()
        for _ in 0..<2 { try desk.tool("submit", "render") }
        try desk.tool("dispatch", "--worker", "w", "--max", "2")
        try desk.tool("cancel", "1")
        #expect(try desk.state(of: 1) == "running")
        try desk.tool("cancel", "1", "2", "--force")
        #expect(try desk.state(of: 1) == "cancelled")
        #expect(try desk.state(of: 2) == "cancelled")
    }

    @Test func `a suggestion is approved with a reason, once`() throws {
        let desk = try Desk()
        let made = try desk.tool("suggest", "move", "--source", "model", "--confidence", "0.5")
        #expect(made.text == "1\n")
        #expect(try desk.tool("approve", "1", "--reason", "fits").text == "job 1: approved\n")
        #expect(try desk.tool("approve", "1", status: 1).errors.contains("was decided before"))
        #expect(try desk.tool("history", "job", "1").text.contains("fits"))
    }

    @Test func `a failed job waits, dies and is redriven`() throws {
        let desk = try Desk()
        try desk.tool("submit", "render", "--max-attempts", "2")
        try desk.tool("dispatch", "--worker", "w")
        try desk.tool("fail", "--job", "1", "--type", "io", "--retry-after", "0s")
        try desk.tool("dispatch", "--worker", "w")
        try desk.tool("fail", "--job", "1", "--type", "io", "--message", "again")
        #expect(try desk.state(of: 1) == "dead")
        #expect(try desk.tool("redrive", "1", "--payload", "new", "--json").object()["done"] as? Int == 1)
        #expect(try desk.tool("redrive", "1", status: 1).errors.contains("has to be dead or cancelled"))
        let lease = try desk.tool("dispatch", "--worker", "w").text
        #expect(lease.contains("attempt 1"))
        #expect(lease.contains("new"))
        try desk.tool("release", "--job", "1")
        try desk.tool("cancel", "1")
        try desk.tool("redrive", "1")
        try desk.tool("cancel", "1")
        try desk.tool("prune", "1")
        #expect(try desk.tool("job", "1", status: 1).errors.contains("no job 1"))
        #expect(try desk.tool("history", "job", "1").lines.count > 10)
    }

    @Test func `a queue's limit holds over processes`() throws {
        let desk = try Desk()
        try desk.tool(
            "queue",
            "configure",
            "q",
            "--concurrency",
            "1",
            "--rate",
            "60",
            "--per",
            "1m",
            "--burst",
            "9"
        )
        for _ in 0..<3 { try desk.tool("submit", "a", "--queue", "q") }
        #expect(try desk.tool("dispatch", "--worker", "w", "--max", "3").lines.count == 1)
        #expect(try desk.tool("dispatch", "--worker", "w").errors == "nothing to do\n")
        try desk.tool("complete", "--job", "1")
        try desk.tool("queue", "pause", "q")
        #expect(try desk.tool("dispatch", "--worker", "w").lines.isEmpty)
        let queues = try desk.tool("queues", "--json").object()["queues"] as? [[String: Any]]
        let queue = try #require(queues?.first)
        #expect(queue["status"] as? String == "paused")
        #expect((queue["counts"] as? [String: Int])?["ready"] == 2)
        let rate = try #require(queue["rate"] as? [String: Int])
        #expect(rate == ["starts": 60, "intervalMs": 60_000, "burst": 9])
        #expect(queue["concurrency"] as? Int == 1)
        try desk.tool("queue", "resume", "q")
        #expect(try desk.tool("dispatch", "--worker", "w").lines.count == 1)
        let workers = try desk.tool("workers", "--json").object()["workers"] as? [[String: Any]]
        #expect(workers?.first?["name"] as? String == "w")
        #expect(workers?.first?["running"] as? Int == 1)
        #expect(try desk.tool("queue", "pause", "nowhere", status: 1).errors.contains("no queue nowhere"))
    }

    @Test func `dead letters are grouped, and redriven by group or by what they have in common`() throws {
        let desk = try Desk()
        for number in 1...5 {
            try desk.tool("submit", "render", "--queue", number < 4 ? "q" : "r", "--max-attempts", "1")
            try desk.tool("dispatch", "--worker", "w")
            try desk.tool(
                "fail",
                "--job",
                String(number),
                "--type",
                "io",
                "--message",
                "sector \(number) is bad"
            )
        }
        let groups = try #require(try desk.tool("dead", "--json").object()["groups"] as? [[String: Any]])
        try #require(groups.count == 1)
        #expect(groups[0]["count"] as? Int == 5)
        #expect(groups[0]["errorType"] as? String == "io")
        #expect(groups[0]["deathCause"] as? String == "failure")
        #expect(groups[0]["message"] as? String == "sector 5 is bad")
        #expect(try desk.tool("dead", "--group", "1").lines.count == 6)
        #expect(try desk.tool("redrive", "--group", "1", "--dry-run").text == "5 jobs would be redriven\n")
        #expect(try desk.tool("redrive", "--state", "dead", "--queue", "q").text == "3 of 3 jobs redriven\n")
        let report = try desk.tool("redrive", "--group", "1", "--rate", "1000", "--json").object()
        #expect(report["total"] as? Int == 2)
        #expect(report["done"] as? Int == 2)
        #expect(report["refused"] as? Int == 0)
        #expect(try desk.tool("dead", "--json").text == "{\"groups\":[],\"next\":null}\n")
        #expect(try desk.tool("redrive", "--group", "1", status: 1).errors.contains("no group 1"))
        try desk.tool("redrive", status: 64)
        try desk.tool("redrive", "1", "--group", "1", status: 64)
        try desk.tool("redrive", "--queue", "q", status: 64)
    }

    @Test func `an idempotency key makes two processes one command`() throws {
        let desk = try Desk()
        let first = try desk.tool("submit", "a", "--idempotency-key", "k").text
        #expect(try desk.tool("submit", "a", "--idempotency-key", "k").text == first)
        #expect(
            try desk.tool("submit", "b", "--idempotency-key", "k", status: 1).errors.contains(
                "was used for another"
            )
        )
        #expect(try desk.tool("jobs", "--json").object()["jobs"].map { ($0 as? [Any])?.count } == 1)
    }

    @Test func `a delayed job under a key is one job, however often it is asked for`() throws {
        let desk = try Desk()
        for verb in ["submit", "suggest"] {
            let ask = [verb, "a", "--delay", "1h", "--idempotency-key", verb, "--data", desk.path]
            let first = try Tool.run(ask)
            #expect(first.status == 0)
            #expect(try Tool.run(ask).text == first.text)
        }
        #expect(try desk.state(of: 1) == "scheduled")
        #expect(try desk.tool("jobs", "--json").object()["jobs"].map { ($0 as? [Any])?.count } == 2)
    }

    @Test func `a job that was there is told as one`() throws {
        let desk = try Desk()
        let ask = ["--unique-key", "u", "--on-clash", "existing"]
        let made = try Tool.run(["submit", "a", "--json", "--data", desk.path] + ask).object()
        #expect(made["existing"] == nil)
        let found = try Tool.run(["submit", "b", "--json", "--data", desk.path] + ask).object()
        #expect(found["id"] as? Int == 1)
        #expect(found["existing"] as? Bool == true)
        let said = try Tool.run(["suggest", "b", "--data", desk.path] + ask)
        #expect(said.text == "1\n")
        #expect(said.errors.contains("was there before"))
    }

    @Test func `wrong words, and a log that isn't there, are told apart`() throws {
        let desk = try Desk()
        #expect(try desk.tool("approve", "1", status: 1).errors.contains("no such file"))
        #expect(try desk.tool("submit", "a", "--delay", "5x", status: 64).errors.contains("--delay"))
        #expect(try desk.tool("complete", status: 64).errors.contains("token or --job"))
        #expect(try desk.tool("complete", "1-2", status: 64).errors.contains("1-2"))
        try desk.tool("cancel", "1", "2", "--expected-version", "3", status: 64)
        try desk.tool("submit", "a", "--attribute", "novalue", status: 64)
        try desk.tool("submit", "a", "--expires-at", "2020-01-01T00:00:00Z", status: 1)
        #expect(try desk.folder.names().isEmpty == false)
    }

    @Test func `bytes that are no text, a closed input and a name of one letter are met with words`() throws {
        let folder = try TemporaryDirectory()
        let bytes = try Tool.shell(
            #""$TOOL" submit a --data "$1" --payload "$(printf '\377')""#,
            folder.path("log")
        )
        #expect(bytes.status == 64)
        #expect(bytes.errors.contains("must be UTF-8"))
        let closed = try Tool.shell(#""$TOOL" submit a --data "$1" --payload-file - <&-"#, folder.path("log"))
        #expect(closed.status == 1)
        #expect(closed.errors.contains("standard input can't be read"))
        let endless = try Tool.shell(
            #""$TOOL" submit a --data "$1" --payload-file - </dev/zero"#,
            folder.path("log")
        )
        #expect(endless.status == 1)
        #expect(endless.errors.contains("more than the 262144 bytes"))
        #expect(try folder.names() == [])
        let piped = try Tool.shell(
            #"printf '\377' | "$TOOL" submit a --data "$1" --payload-file - "#,
            folder.path("log")
        )
        #expect(piped.status == 0)
        #expect(piped.text == "1\n")
        let short = try Tool.shell(
            #"cd "$1" && "$TOOL" run "$2" --data x"#,
            folder.path,
            Checkout.workload("life.ndjson")
        )
        #expect(short.status == 0)
        #expect(try folder.names(in: "x").contains("DURABLE"))
    }

    @Test func `a held job is shown as held, and an unwritten answer says that the job was made`() throws {
        let desk = try Desk()
        try desk.tool("submit", "a")
        try desk.tool("hold", "1")
        #expect(try desk.tool("jobs").lines[1].contains("ready (held)"))
        #expect(try desk.tool("job", "1").lines[0].contains("ready (held)"))
        let full = try Tool.shell(#""$TOOL" submit a --data "$1" > /dev/full"#, desk.path)
        #expect(full.status == 1)
        #expect(full.errors.contains("what was asked for was done"))
    }
}
