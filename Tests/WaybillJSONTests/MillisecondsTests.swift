import Orchestration
import Testing
import WaybillJSON

/// Lengths of time: milliseconds, exact to the nanosecond.
struct MillisecondsTests {
    private func written(_ span: TimeSpan) -> String {
        var json = JSONWriter()
        json.milliseconds("ms", span)
        return String(decoding: json.finish(), as: UTF8.self)
    }

    private func read(_ number: String) throws -> TimeSpan? {
        var fields = try JSONFields(JSONValue.parse(Array(#"{"ms":\#(number)}"#.utf8)[...]))
        return try fields.milliseconds("ms")
    }

    @Test(arguments: [
        (0, "0"), (1, "0.000001"), (1_000_000, "1"), (1_500_000_000, "1500"), (250_000, "0.25"),
        (-1, "-0.000001"), (-2_000_000, "-2"), (86_400_000_000_001, "86400000.000001"),
        (Int64.max, "9223372036854.775807"), (Int64.min, "-9223372036854.775808"),
    ])
    func `a length is written to its last nanosecond`(nanoseconds: Int64, text: String) {
        #expect(written(TimeSpan(nanoseconds: nanoseconds)) == #"{"ms":\#(text)}"#)
    }

    @Test(arguments: [
        ("0", 0), ("1", 1_000_000), ("0.000001", 1), ("2.5e3", 2_500_000_000), ("1500.25", 1_500_250_000),
        ("4294967296000", 4_294_967_296_000_000_000), ("4294967295999", 4_294_967_295_999_000_000),
    ])
    func `a number is read as it was written`(number: String, nanoseconds: Int64) throws {
        #expect(try read(number) == TimeSpan(nanoseconds: nanoseconds))
    }

    @Test(arguments: ["-1", "4294967296001", "1e300", "\"1\"", "true"])
    func `what is no length of time is refused`(number: String) {
        let problem = "must be milliseconds from 0 to 4294967296000"
        #expect(throws: FieldProblem(field: "ms", problem: problem)) { try read(number) }
    }
}
