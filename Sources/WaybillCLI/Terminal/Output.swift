import Foundation
import Glibc
import Synchronization
import WaybillJSON

/// What the tool prints: results on standard output, everything else on standard error.
enum Output {
    /// The domain's values have one form everywhere.
    static func json(_ value: some JSONObject) {
        write(value.json + [0x0a], to: STDOUT_FILENO)
    }

    /// A report of the tool's own, as one JSON object on a line, keys in order.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        // The encoder leaves most of these characters as they are; they can only stand inside of strings.
        write(
            printable(text) { "\\u" + String($0 + 0x10000, radix: 16).dropFirst() } + "\n",
            to: STDOUT_FILENO
        )
    }

    static func line(_ text: String) {
        write(printable(text) + "\n", to: STDOUT_FILENO)
    }

    static func diagnostic(_ text: String) {
        write(printable(text) + "\n", to: STDERR_FILENO)
    }

    /// Ends the process with what the parser of arguments says: help, or what is wrong, which repeats what was given.
    static func end(_ message: String, status: Int32) -> Never {
        let lines = message.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        let shown = lines.map { printable(String($0)) }.joined(separator: "\n")
        if !shown.isEmpty { write(shown + "\n", to: status == 0 ? STDOUT_FILENO : STDERR_FILENO) }
        exit(status)
    }

    /// Whether somebody watches standard error as it comes.
    static var hasTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// What moves the cursor, to standard error.
    static func draw(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    /// Control characters become visible: who names a job must not command the reader's terminal.
    static func printable(
        _ text: String,
        keepingTabs: Bool = true,
        escaping escape: (UInt32) -> String = { "\\u{\(String($0, radix: 16))}" }
    ) -> String {
        func isShown(_ scalar: Unicode.Scalar) -> Bool {
            !scalar.isTerminalControl || (scalar == "\t" && keepingTabs)
        }
        guard !text.unicodeScalars.allSatisfy(isShown) else { return text }
        return text.unicodeScalars.map { isShown($0) ? String($0) : escape($0.value) }.joined()
    }

    /// Writes all of it; a reader that has gone (`| head`) ends the process quietly, as a filter should.
    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                giveUp(descriptor, errno)
            }
        }
    }

    /// What the system means by an error number.
    static func words(_ error: Int32) -> String {
        strerror(error).map { String(cString: $0) } ?? "error \(error)"
    }

    /// What a command asked for is in the log, whatever becomes of its output.
    static func recordEffect() {
        hasEffect.store(true, ordering: .relaxed)
    }

    private static let hasEffect = Atomic(false)

    private static func giveUp(_ descriptor: Int32, _ error: Int32) -> Never {
        if error == EPIPE { exit(0) }
        if descriptor != STDERR_FILENO {
            let effect = hasEffect.load(ordering: .relaxed) ? "; what was asked for was done" : ""
            diagnostic("waybill: the output can't be written (\(words(error)))\(effect)")
        }
        exit(1)
    }
}
