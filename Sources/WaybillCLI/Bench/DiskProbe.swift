import EventLog
import Foundation
import Glibc
import Histogram

/// What a sync costs on a disk: 4 KiB rewritten and synced, one after another, in a file filled beforehand.
struct DiskProbe {
    let syncP50Micros: Double
    let syncP99Micros: Double
    /// The directory lies in memory (tmpfs): its syncs are free and its figures void.
    let isMemory: Bool

    private static let samples = 1000
    private static let blockBytes = 4096

    static func measure(in directory: String) throws -> DiskProbe {
        let path = directory + "/sync-probe"
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CommandFailure("\(path) can't be written (\(Output.words(errno)))") }
        defer {
            close(file)
            unlink(path)
        }
        try fill(file)
        var times = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
        let block = [UInt8](repeating: 0x5a, count: blockBytes)
        for sample in 0..<samples {
            let start = ContinuousClock.now
            guard pwrite(file, block, blockBytes, sample * blockBytes) == blockBytes, fdatasync(file) == 0
            else {
                throw CommandFailure("the disk probe failed (\(Output.words(errno)))")
            }
            times.record(UInt64((ContinuousClock.now - start) / .nanoseconds(1)))
        }
        return DiskProbe(
            syncP50Micros: Double(times.valueAtPercentile(50)) / 1000,
            syncP99Micros: Double(times.valueAtPercentile(99)) / 1000,
            isMemory: try RealDisk(directory, create: false).isInMemory
        )
    }

    private static func fill(_ file: Int32) throws {
        let zeros = [UInt8](repeating: 0, count: samples * blockBytes)
        guard pwrite(file, zeros, zeros.count, 0) == zeros.count, fsync(file) == 0 else {
            throw CommandFailure("the disk probe's file can't be filled (\(Output.words(errno)))")
        }
    }
}
