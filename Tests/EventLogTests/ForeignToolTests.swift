import EventLog
import Foundation
import Synchronization
import TestSupport
import Testing

/// What the `lz4` tool says about our segments.
struct ForeignToolTests {
    static let lz4 = Program.installed("lz4")

    @Test(.enabled(if: Self.lz4 != nil))
    func `the lz4 tool accepts every segment after every single change of the disk`() throws {
        let lz4 = try #require(Self.lz4)
        let directory = try TemporaryDirectory()
        let disk = FaultyDisk(try RealDisk(directory.path))
        let failures = Mutex<[String]>([])
        disk.watch { operation, name in
            guard [.write, .truncate, .rename].contains(operation) else { return }
            for segment in (try? directory.names()) ?? [] where segment.hasPrefix("seg-") {
                // `-m` lets the tool take several files.
                let check = try? lz4.run(["-m", "-tq", directory.path(segment)])
                guard check?.status != 0 else { continue }
                failures.withLock { $0.append("\(segment) after \(operation) of \(name)") }
            }
        }
        let shared = options()
        var written: [UInt8] = []
        for round in 0..<3 {
            let writer = try LogWriter.open(disk, shared)
            for index in 0..<12 {
                let bytes = payload(round * 12 + index, bytes: 1 + index * 700)
                try writer.put(bytes)
                written += bytes
            }
            if round == 0 { try writer.close() }
        }
        #expect(failures.withLock { $0 } == [])
        let segments = try disk.files().segments.map { directory.path($0) }
        #expect(try lz4.run(["-m", "-dcq"] + segments).output == Data(written))
    }
}
