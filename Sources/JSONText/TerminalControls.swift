extension Unicode.Scalar {
    /// Whether a terminal obeys it instead of showing it: controls, separators of lines and paragraphs, and the formatting
    /// characters of UAX #9, which turn round the text behind them.
    ///
    /// Who names a job must not command the reader's terminal, nor let a name look like another one.
    package var isTerminalControl: Bool {
        switch value {
        case 0..<0x20, 0x7f...0x9f: true
        case 0x2028, 0x2029: true
        case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}
