import TestSupport
import Testing

/// A fuzzer that isn't ours, against the server's own description.
struct FuzzTests {
    @Test func `no answer is a failure of the server or contradicts the description`() throws {
        let server = try ServedLog()
        let fuzzer = Program(Checkout.path("Tests/Fuzzing/fuzz.sh"))
        let run = try fuzzer.run([server.address, "1"])
        #expect(run.status == 0, "\(run.text.suffix(6000))")
        #expect(server.stop() == 0)
        let check = try Tool.run("log", "verify", "--data", server.log)
        #expect(check.status == 0, "\(check.errors)")
    }
}
