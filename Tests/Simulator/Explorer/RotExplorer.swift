import EventLog

/// Flips one bit in every byte of a small log, one at a time, and opens it.
///
/// Each flip must be refused, with nothing changed on the disk, or be harmless: every acknowledged batch is there
/// with its bytes. A flip may never be read as data and never lead to a deletion.
package struct RotExplorer {
    package var steps: [LogStep]
    /// Of the zeros that fill a file up, only every so-manieth byte is tried.
    package var fillStride: Int

    package init(_ steps: [LogStep], fillStride: Int = 997) {
        self.steps = steps
        self.fillStride = fillStride
    }

    package struct Report: Sendable {
        package var flips = 0
        package var refused = 0
        package var harmless = 0
        package var failures: [String] = []
    }

    package func explore() throws -> Report {
        let disk = SimulatedDisk()
        let found = try Recovery(durability: .commit).open(disk, entropySeed: 1)
        let process = SimulatedProcess(found, LogOracle(), .commit, seed: 1)
        for step in steps { try process.perform(step, on: disk) }
        let image = disk.visibleImage
        var report = Report()
        for name in image.names where name != "LOCK" {
            for place in places(in: image.files[name] ?? FileContent()) {
                flip(name, place, image, process.oracle, &report)
            }
        }
        return report
    }

    private func places(in content: FileContent) -> [Int] {
        let end = (content.bytes.lastIndex { $0 != 0 } ?? 0) + 16
        return Array(0..<min(end, content.count))
            + Array(stride(from: end, to: content.count, by: fillStride))
    }

    private func flip(
        _ name: String,
        _ place: Int,
        _ image: DiskImage,
        _ oracle: LogOracle,
        _ report: inout Report
    ) {
        var rotten = image
        rotten.files[name]?.damage(at: place) { $0 ^ (1 << UInt8(place % 8)) }
        let disk = SimulatedDisk(rotten)
        report.flips += 1
        let log: SimulatedLog
        do throws(LogError) {
            log = try SimulatedLog(on: disk, .commit, entropySeed: 2)
        } catch {
            report.refused += 1
            // The lock's own text is the writer's; all else must be as it was found.
            var after = disk.visibleImage
            after.files["LOCK"] = rotten.files["LOCK"]
            if after != rotten {
                report.failures.append("\(name), byte \(place): refused, yet changed: \(error)")
            }
            return
        }
        report.harmless += 1
        do throws(LogError) {
            try log.recover()
            if let problem = oracle.complaint(about: try SimulatedLog.batches(on: disk), after: .process) {
                report.failures.append("\(name), byte \(place): \(problem)")
            }
        } catch {
            report.failures.append("\(name), byte \(place): refused only when it was changed: \(error)")
        }
    }
}
