import Foundation
import Glibc
import TestSupport
import Testing

/// `waybill serve`: what it refuses, and how it ends.
struct ServeTests {
    @Test func `an address beyond this machine needs to be meant`() throws {
        let folder = try TemporaryDirectory()
        let refused = try Tool.run("serve", "--data", folder.path("log"), "--listen", "0.0.0.0:0")
        #expect(refused.status == 64)
        #expect(refused.errors.contains("no authentication"))
        #expect(refused.errors.contains("--insecure"))
        #expect(try folder.names().isEmpty)
    }

    @Test(arguments: ["8000", "127.0.0.1", "127.0.0.1:99999", ":80", "::1:80", "localhost:http"])
    func `what is no address`(address: String) throws {
        let refused = try Tool.run("serve", "--data", "/nowhere", "--listen", address)
        #expect(refused.status == 64)
        #expect(refused.errors.contains("--listen"))
    }

    @Test func `a log that another process serves, and a port that it has`() throws {
        let server = try ServedLog()
        let second = try Tool.run("serve", "--data", server.log, "--listen", "127.0.0.1:0")
        #expect(second.status == 1)
        #expect(second.errors.contains("is being written by process \(server.pid)"))
        let port = try #require(server.address.split(separator: ":").last)
        let other = try TemporaryDirectory()
        let taken = try Tool.run("serve", "--data", other.path("log"), "--listen", "127.0.0.1:\(port)")
        #expect(taken.status == 1)
        #expect(
            taken.errors.hasPrefix("waybill: can't listen on 127.0.0.1, port \(port): Address already in use")
        )
    }

    @Test func `a stop under load loses nothing that was acknowledged, and waits for nobody`() throws {
        let server = try ServedLog()
        let load = try Python.run("Tests/Walkthroughs/stop_under_load.py", server.address, String(server.pid))
        #expect(load.status == 0, "\(load.errors)")
        #expect(server.wait() == 0)
        let acknowledged = Set(load.lines.compactMap { Int($0) })
        #expect(!acknowledged.isEmpty)
        let jobs = try Tool.run("jobs", "--data", server.log, "--json", "--limit", "1000000").object()["jobs"]
        let ids = (jobs as? [[String: Any]])?.compactMap { $0["id"] as? Int } ?? []
        #expect(acknowledged.isSubset(of: ids))
        let check = try Tool.run("log", "verify", "--data", server.log, "--json")
        #expect(check.status == 0, "\(check.errors)")
    }

    @Test func `what was acknowledged is there after a kill, and a key still stands for its answer`() throws {
        let folder = try TemporaryDirectory()
        let first = try ServedLog(in: folder)
        let said = try Python.run("Tests/Walkthroughs/one_key.py", first.address)
        first.kill()
        let second = try ServedLog(in: folder)
        let again = try Python.run("Tests/Walkthroughs/one_key.py", second.address)
        #expect(said.status == 0, "\(said.text)\(again.text)\(again.errors)")
        #expect(said.text == again.text, "\(said.text)\(again.text)\(again.errors)")
    }

    @Test func `a log that is removed under the server is missed at once, and the server stays to say so`()
        throws
    {
        let server = try ServedLog()
        let jobs = server.address + "/v1/jobs"
        let create = "curl -s -o /dev/null -w '%{http_code}' --json '{\"kind\": \"k\"}' \"$1\""
        #expect(try Tool.shell(create, jobs).text == "201")
        try FileManager.default.removeItem(atPath: server.log)
        #expect(try Tool.shell(create, jobs).text == "503")
        #expect(try Tool.shell(create, jobs).text == "503")
        let health = try Tool.shell("curl -s \"$1\"", server.address + "/health").object()
        #expect(health["status"] as? String == "unhealthy")
        #expect((health["condition"] as? String)?.contains("emptied or removed") == true)
        let seen = try Tool.shell("curl -s \"$1\"", jobs).object()
        #expect((seen["jobs"] as? [Any])?.count == 1)
        let history = "curl -s -o /dev/null -w '%{http_code}' \"$1/1/history\""
        #expect(try Tool.shell(history, jobs).text == "503")
        // It ends when it is told to, and says that this was no orderly end.
        #expect(server.stop() == 1)
        #expect(!FileManager.default.fileExists(atPath: server.log))
    }

    @Test func `the worker of the README takes jobs and completes them`() throws {
        let server = try ServedLog()
        let talk = try Python.run(
            "Tests/Walkthroughs/readme_worker.py",
            server.address,
            Checkout.path("Examples/worker.py")
        )
        #expect(talk.text == "job 1 succeeded {\"sum\": 6}\njob 2 dead KeyError\n", "\(talk.errors)")
        let readme = try Checkout.text("README.md")
        let worker = try Checkout.text("Examples/worker.py")
        #expect(readme.contains("```python\n" + worker + "```"))
        #expect(worker.split(separator: "\n", omittingEmptySubsequences: false).count <= 31)
    }

    @Test func `what the image service documents as settings are options`() throws {
        let server = try ServedLog("--max-images", "2", "--image-delay", "1.5s")
        let document = try Python.run("Tests/Walkthroughs/get.py", server.address, "/openapi.json")
        #expect(document.text.contains(#""numImages":{"type":"integer","minimum":1,"maximum":2}"#))
        for wrong in [["--max-images", "0"], ["--max-images", "1001"], ["--image-delay", "soon"]] {
            #expect(try Tool.run(["serve", "--data", "/nowhere"] + wrong).status == 64)
        }
    }

    @Test(.enabled(if: Program.installed("promtool") != nil))
    func `promtool finds nothing wrong with the metrics`() throws {
        let server = try ServedLog()
        _ = try Python.run("Tests/Walkthroughs/compute_jobs.py", server.address)
        let check = try Tool.shell("curl -sf \"$1/metrics\" | promtool check metrics", server.address)
        #expect(check.status == 0, "\(check.text)\(check.errors)")
    }
}
