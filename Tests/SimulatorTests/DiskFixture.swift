import EventLog
import Simulator

/// Short forms of disk calls, so that a test reads like the story that it tells.
extension SimulatedDisk {
    @discardableResult
    func put(_ text: String, at offset: UInt64 = 0, in file: LogFile) throws(FSError) -> Int {
        let bytes = Array(text.utf8)
        var taken = 0
        // Unsafe: the protocol takes raw bytes; the pointer does not leave the closure.
        let outcome: Result<Int, FSError> = bytes.withUnsafeBytes { raw in
            do throws(FSError) { return .success(try write(file, at: offset, raw)) } catch {
                return .failure(error)
            }
        }
        taken = try outcome.get()
        return taken
    }

    func text(of file: LogFile) throws(FSError) -> String {
        var bytes = [UInt8](repeating: 0, count: 64)
        // Unsafe: the protocol fills a raw buffer; the pointer does not leave the closure.
        let outcome: Result<Int, FSError> = bytes.withUnsafeMutableBytes { raw in
            do throws(FSError) { return .success(try read(file, at: 0, into: raw)) } catch {
                return .failure(error)
            }
        }
        return String(decoding: bytes[..<(try outcome.get())], as: UTF8.self)
    }

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
