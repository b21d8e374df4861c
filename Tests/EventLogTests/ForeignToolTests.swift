import EventLog
import Foundation
import Testing

/// What the `lz4` tool says about our segments.
struct ForeignToolTests {
    static let tool = "/usr/bin/lz4"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: tool) }

    @Test(.enabled(if: isInstalled))
    func `the lz4 tool accepts every segment after every single change of the disk`() throws {
        try withDirectory { path in
            let disk = FaultyDisk(try RealDisk(path))
            let failures = LockedValue<[String]>([])
            disk.watch { operation, name in
                guard [.write, .truncate, .rename].contains(operation) else { return nil }
                for segment in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
                where segment.hasPrefix("seg-") && Self.run(["-tq", "\(path)/\(segment)"]).status != 0 {
                    failures.with { $0.append("\(segment) after \(operation) of \(name)") }
                }
                return nil
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
            #expect(failures.with { $0 } == [])
            let segments = try files(of: disk).segments.map { "\(path)/\($0)" }
            #expect(Self.run(["-dcq"] + segments).output == Data(written))
        }
    }

    /// Runs the tool and waits for it; `-m` lets it take several files.
    private static func run(_ arguments: [String]) -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = ["-m"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return (-1, Data())
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, data)
    }
}
