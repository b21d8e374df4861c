import TestSupport
import Testing

/// The walk-throughs of the five services, spoken to by plain clients of another language; what was said is compared
/// with a transcript.
struct WalkthroughTests {
    @Test(arguments: ["compute_jobs", "simulations", "fan_out", "rebalancing", "generations"])
    func `a service answers its clients word for word`(name: String) throws {
        let server = try ServedLog()
        let talk = try Python.run("Tests/Walkthroughs/\(name).py", server.address)
        #expect(talk.status == 0, "\(talk.errors)")
        #expect(try talk.text == Checkout.text("Fixtures/transcripts/\(name).txt"))
        #expect(server.stop() == 0)
        let check = try Tool.run("log", "verify", "--data", server.log)
        #expect(check.status == 0, "\(check.errors)")
    }

    @Test func `64 workers at once never get the same task`() throws {
        let server = try ServedLog()
        let race = try Python.run("Tests/Walkthroughs/race.py", server.address)
        #expect(race.text == "500 taken, 500 different, True\n", "\(race.errors)")
    }
}
