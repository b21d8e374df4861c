import Foundation
import Orchestration
import TestSupport
import Testing
import WaybillWorkloads

/// Tables as other programs write them: every reader takes the same ones, and makes the same of them.
struct TableTests {
    /// A way to write a table, from its rows.
    struct Dialect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let write: @Sendable ([[String]]) -> String

        init(_ description: String, _ write: @escaping @Sendable ([[String]]) -> String) {
            testDescription = description
            self.write = write
        }

        static func lines(
            _ rows: [[String]],
            _ separator: String = ",",
            ending: String = "\n",
            _ field: (String) -> String = quotedWhereNeeded
        ) -> String {
            rows.map { $0.map(field).joined(separator: separator) + ending }.joined()
        }

        static func quoted(_ field: String) -> String {
            "\"\(field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
        }

        static func quotedWhereNeeded(_ field: String) -> String {
            field.contains { ",;\t\"\n".contains($0) } ? quoted(field) : field
        }

        /// As pandas writes a column of whole numbers in which some are missing.
        static func withFraction(_ field: String) -> String {
            field.allSatisfy(\.isNumber) && !field.isEmpty ? field + ".0" : quotedWhereNeeded(field)
        }

        static func numbered(_ rows: [[String]], header: [String]) -> [[String]] {
            rows.enumerated().map { $0 == 0 ? header + $1 : ["\($0)"] + $1 }
        }

        static let all = [
            // RFC 4180 §2.5; Python's `csv.QUOTE_ALL`.
            Dialect("everything quoted") { plain($0, quoted) },
            Dialect("the header quoted") { plain([$0[0]], quoted) + lines(Array($0.dropFirst())) },
            Dialect("semicolons") { lines($0, ";") },
            Dialect("tabs") { lines($0, "\t") },
            Dialect("bars") { lines($0, "|") { $0 } },
            Dialect("a spreadsheet's mark, carriage returns and announced separator") {
                "\u{feff}sep=;\r\n" + lines($0, ";", ending: "\r\n")
            },
            Dialect("1.0 for whole numbers") { plain($0, withFraction) },
            Dialect("R's write.csv") {
                plain(numbered($0, header: [""])) { $0.isEmpty ? "NA" : quoted($0) }
                    .replacingFirst("NA", with: "\"\"")
            },
            Dialect("R's write.table, whose header doesn't count the row names") {
                plain(numbered($0, header: []), quoted)
            },
            Dialect("pandas with an index") { lines(numbered($0, header: [""])) },
            Dialect("two files put together, each with its header") {
                lines(Array($0.prefix(20))) + lines([$0[0]] + Array($0.dropFirst(20)))
            },
        ]

        private static func plain(_ rows: [[String]], _ field: (String) -> String) -> String {
            lines(rows, ",", field)
        }
    }

    private func rows(of file: String) throws -> [[String]] {
        try Checkout.text("Fixtures/workloads/\(file)").split(separator: "\n").map { line in
            var fields: [String] = [""]
            var isQuoted = false
            for character in line {
                if character == "\"" {
                    isQuoted.toggle()
                } else if character == ",", !isQuoted {
                    fields.append("")
                } else {
                    fields[fields.count - 1].append(character)
                }
            }
            return fields
        }
    }

    private let reader = WorkloadReader(stationsPath: Checkout.workload("stations.csv"))

    @Test(arguments: ["status.csv", "curve.csv", "images.csv", "ci.csv"], Dialect.all)
    func `a table is the same however it is written`(file: String, dialect: Dialect) throws {
        let expected = try reader.read(path: Checkout.workload(file), name: "t")
        let found = try reader.read(dialect.write(try rows(of: file)), as: "t.csv")
        #expect(found.account.problems == [])
        #expect(found.account.data == expected.account.data)
        #expect(found.account.remarks == expected.account.remarks)
        #expect(found.start == expected.start)
        #expect(found.events == expected.events)
    }

    @Test(arguments: Dialect.all)
    func `a list of stations is the same however it is written`(dialect: Dialect) throws {
        let folder = try TemporaryDirectory()
        let expected = try StationList(path: Checkout.workload("stations.csv"))
        let text = dialect.write(try rows(of: "stations.csv"))
        let found = try StationList(path: try folder.write(text, to: "s.csv"))
        #expect(found.account.problems == [])
        #expect(found.stations == expected.stations)
    }

    @Test func `where semicolons separate, a comma may be the decimal point`() throws {
        let curve = try #require(try reader.read("\"step\";\"loss\"\n1;0,5\n2;\"0,25\"\n", as: "c.csv").curve)
        #expect(curve.series[0].points.map(\.value) == [0.5, 0.25])
    }

    private let header = "repo,workflow,default_branch,event,run_id,attempt,conclusion,run_time_s\n"

    private func row(_ run: Int, repo: String = "a", workflow: String = "w") -> String {
        "\(repo),\(workflow),True,push,\(run),1,success,1.0\n"
    }

    /// RFC 4180 §2.6.
    @Test func `a line break in quotes belongs to its field`() throws {
        let text = header + row(1, repo: "\"a\n\nb \"\"c\"\"\"", workflow: "\"d\r\ne\"") + row(2)
        let workload = try reader.read(text, as: "ci.csv")
        let job = try #require(workload.jobs)[0]
        #expect(job.specification.attributes["repo"] == "a\n\nb \"c\"")
        #expect(job.specification.attributes["workflow"] == "d\ne")
        #expect(workload.account.data == 2)
        #expect(workload.account.skipped == 0)
        #expect(workload.account.total == 6)
    }

    @Test func `a header may break lines too`() throws {
        let workload = try reader.read("\"step\",\"loss\",\"learning\nrate\"\n1,2,3\n", as: "c.csv")
        #expect(workload.curve?.series.map(\.name) == ["loss", "learning\nrate"])
    }

    @Test(arguments: [
        ("\"a,w,True,push,2,1,success,1.0\n", "a quote is not closed"),
        ("a,\"w\"x,True,push,2,1,success,1.0\n", "text follows a closing quote"),
        ("a,\"w,True,push,2,1,success,1.0\n\"b\",w,True,push,2,1,success,1.0\n", "a quote is not closed"),
    ])
    func `a quote that isn't closed costs its own line only`(bad: String, problem: String) throws {
        let text = header + row(1) + bad + row(3) + row(4, workflow: "\"d, e\"") + row(5)
        let workload = try reader.read(text, as: "ci.csv")
        #expect(workload.account.problems == [LineProblem(line: 3, problem: problem)])
        #expect(workload.account.data == text.split(separator: "\n").count - 2)
    }

    @Test func `a record of more lines than any has is no record`() throws {
        let text = header + "\"a\n" + String(repeating: row(1), count: 1200) + "b\"\n"
        let account = try reader.read(text, as: "ci.csv").account
        #expect(account.data == 1200)
        #expect(account.problems.map(\.line) == [2, 1203])
    }

    @Test func `a word of R's or pandas' for what isn't known is no value`() throws {
        let text = header + "a,w,TRUE,push,1.0,1.0,NA,NA\na,w,false,push,2e+05,1,,\n"
        let workload = try reader.read(text, as: "ci.csv")
        #expect(workload.account.skipped == 0)
        #expect(workload.account.remarks == ["no conclusion": 2, "unknown run time": 2])
    }
}

extension String {
    fileprivate func replacingFirst(_ text: String, with other: String) -> String {
        range(of: text).map { replacingCharacters(in: $0, with: other) } ?? self
    }
}

extension Workload {
    /// Everything that is played of it, in a form to compare.
    var events: [String] {
        if let jobs { return jobs.indices.map { "\(jobs[$0])" } }
        if let stationTrace { return stationTrace.snapshots.map { "\($0)" } }
        if let curve { return curve.batches(epoch: .zero).map { "\($0)" } }
        return []
    }
}
