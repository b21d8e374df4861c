import EventLog
import Simulator
import TestSupport

/// Short forms of disk calls, so that a test reads like the story that it tells.
extension SimulatedDisk {
    /// A file whose content and name are durable.
    func durableFile(_ name: String, _ text: String) throws(FSError) -> LogFile {
        let file = try open(name, .create)
        try put(text, in: file)
        try sync(file)
        try syncDirectory("")
        return file
    }

    /// Every distinct image after a power cut now, as `name=content` texts; NUL prints as a dot.
    func outcomes(_ points: TearPoints = TearPoints(), tearsAtOnce: Int = 0) -> Set<String> {
        var texts: Set<String> = []
        var outcomes = CrashOutcomes(points: points, tearsAtOnce: tearsAtOnce)
        outcomes.visit(crashPoint()) { texts.insert($0.image.text) }
        return texts
    }
}

extension DiskImage {
    var text: String {
        names.map { name in
            let content = String(decoding: files[name]?.bytes ?? [], as: UTF8.self)
            return "\(name)=\(content.map { $0 == "\0" ? "." : String($0) }.joined())"
        }.joined(separator: " ")
    }
}
