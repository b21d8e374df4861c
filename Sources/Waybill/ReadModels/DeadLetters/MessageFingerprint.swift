/// Error messages without what differs from job to job.
enum MessageFingerprint {
    /// Bytes of a message that count.
    private static let bytes = 240

    /// Words with a digit in them become `#`, and so do the letters of a UUID; blanks are one space.
    static func of(_ message: String) -> String {
        var fingerprint = ""
        var word: [UInt8] = []
        var isAfterNumber = false
        for byte in message.utf8.prefix(bytes) {
            if isWord(byte) {
                word.append(byte)
                continue
            }
            isAfterNumber = flush(&word, isAfterNumber, to: &fingerprint)
            let isBlank = byte <= 0x20 || byte == 0x7f
            if byte != UInt8(ascii: "-") { isAfterNumber = false }
            guard isBlank else {
                fingerprint.unicodeScalars.append(Unicode.Scalar(byte))
                continue
            }
            if fingerprint.utf8.last != UInt8(ascii: " ") { fingerprint += " " }
        }
        _ = flush(&word, isAfterNumber, to: &fingerprint)
        return fingerprint
    }

    /// Whether what follows a dash belongs to a number.
    private static func flush(_ word: inout [UInt8], _ isAfterNumber: Bool, to text: inout String) -> Bool {
        guard !word.isEmpty else { return isAfterNumber }
        defer { word.removeAll(keepingCapacity: true) }
        let hasDigit = word.contains { $0 >= 0x30 && $0 <= 0x39 }
        let isNumber = hasDigit || (isAfterNumber && word.count >= 4 && word.allSatisfy(isHexLetter))
        text += isNumber ? "#" : String(decoding: word, as: UTF8.self)
        return isNumber
    }

    /// Letters, digits, the underscore, and every byte of what is not ASCII.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x80...: true
        default: false
        }
    }

    private static func isHexLetter(_ byte: UInt8) -> Bool {
        (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
