import Foundation
import Testing

/// The system's calls stand in a handful of files, so that another system means to look at those.
struct PlatformTests {
    /// Who calls the C library, and what for.
    static let callers = [
        "EventLog/Files/MountType.swift": "what kind of file system a log is on",
        "EventLog/Files/RealDisk.swift": "the disk",
        "Waybill/Sequencing/ClockReading.swift": "the clocks",
        "Waybill/Sequencing/Intake.swift": "waiting without sleeping",
        "Waybill/Sequencing/WriterThread.swift": "the thread that blocks in a sync",
        "WaybillCLI/Bench/DiskProbe.swift": "how fast the disk syncs, without the log",
        "WaybillCLI/Run/RunDirectory.swift": "making a directory",
        "WaybillCLI/Terminal/Output.swift": "standard output, and what an error number means",
        "WaybillCLI/Terminal/PayloadOptions.swift": "standard input",
        "WaybillCLI/Terminal/ScratchDirectory.swift": "signals",
        "WaybillHTTP/HTTPServer.swift": "what an error number means",
        "WaybillWorkloads/Reading/ByteSource.swift": "files that are read once, from front to back",
    ]

    @Test func `the C library is called in the files that are named, and in those only`() throws {
        var found: Set<String> = []
        for file in try House.swiftFiles(in: "Sources") where try House.imports(of: file).contains("Glibc") {
            found.insert(String(House.path(of: file).dropFirst("Sources/".count)))
        }
        #expect(found == Set(Self.callers.keys))
    }
}
