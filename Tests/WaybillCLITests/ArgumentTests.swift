import TestSupport
import Testing

/// What the tool says about its arguments.
struct ArgumentTests {
    @Test(
        arguments: [
            [], ["run"], ["log"], ["log", "ls"], ["log", "cat"], ["log", "verify"], ["log", "digest"],
            ["jobs"],
            ["job"], ["suggestions"], ["machines"], ["curve"], ["bench"],
        ] as [[String]]
    )
    func `every command explains itself`(command: [String]) throws {
        let help = try Tool.run(command + ["--help"])
        #expect(help.status == 0 && help.errors.isEmpty)
        #expect(help.text.contains("OVERVIEW:"))
        #expect(help.text.contains("USAGE: \((["waybill"] + command).joined(separator: " "))"))
    }

    @Test func `the version is told`() throws {
        #expect(try Tool.run("--version").text == "0.1.0\n")
    }

    @Test(
        arguments: [
            ["sail"], ["run"], ["run", "--workers", "0", "x"], ["run", "--limit", "0", "x"],
            ["run", "--durability", "often", "x"], ["run", "--fast", "x"], ["log", "ls"], ["log", "drop"],
            ["log", "cat", "--data", ".", "--type", "job.lost"],
            ["log", "cat", "--data", ".", "--from", "5", "--to", "4"],
            ["log", "cat", "--data", ".", "--raw", "--job", "1"], ["jobs", "--data", ".", "--state", "done"],
            ["jobs", "--data", ".", "--limit", "0"], ["job", "--data", "."], ["job", "one", "--data", "."],
            ["curve", "1"], ["bench", "--workers", "0"], ["bench", "--batch", "1001"],
            ["bench", "--backlog", "0"], ["bench", "--backlog", "100000001"], ["bench", "--data", ""],
            ["run", "--data", "", "x"], ["log", "cat", "--data", ""], ["jobs", "--data", ""],
            ["log", "cat", "--data", ".", "--raw", "--json"],
        ] as [[String]]
    )
    func `wrong arguments end with status 64 and say why`(arguments: [String]) throws {
        let outcome = try Tool.run(arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains("Usage: waybill"))
    }

    @Test func `a directory's name that is no text is refused, not changed`() throws {
        let folder = try TemporaryDirectory()
        let line = #"cd "$1" && "$TOOL" run --data "$(printf 'bad\377')" "$2""#
        let outcome = try Tool.shell(line, folder.path, Checkout.workload("curve.csv"))
        #expect(outcome.status == 64 && outcome.errors.hasPrefix("Error: --data must be UTF-8."))
        #expect(try folder.names() == [])
    }

    @Test func `a directory that can't be made is named, with the reason`() throws {
        let folder = try TemporaryDirectory()
        _ = try folder.write("", to: "file")
        let outcome = try Tool.run("run", "--data", folder.path("file/log"), Checkout.workload("curve.csv"))
        #expect(outcome.status == 1)
        #expect(outcome.errors == "waybill: \(folder.path("file/log")) can't be made: Not a directory\n")
    }

    @Test func `a directory that isn't there is named, and not made`() throws {
        let folder = try TemporaryDirectory()
        let place = folder.path("nowhere")
        for command in [["log", "ls"], ["log", "cat"], ["log", "verify"], ["log", "digest"], ["jobs"]] {
            let outcome = try Tool.run(command + ["--data", place])
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            #expect(outcome.errors.hasPrefix("waybill: ") && outcome.errors.contains(place))
        }
        #expect(try folder.names() == [])
    }
}
