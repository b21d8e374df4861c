import Foundation
import Synchronization

/// A line on the terminal that shows how far long work has come; silent where standard error is no terminal.
final class ProgressBar: Sendable {
    private let title: String
    private let isVisible: Bool
    private let shown = Mutex<Int?>(nil)

    private static let width = 40

    init(_ title: String) {
        self.title = title
        isVisible = Output.hasTerminal
    }

    func show(_ done: Int, of total: Int) {
        guard isVisible, total > 0 else { return }
        let permille = min(1000, done * 1000 / total)
        let isNews = shown.withLock { shown in
            defer { shown = permille }
            return shown != permille
        }
        guard isNews else { return }
        let filled = permille * Self.width / 1000
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
        Output.draw("\r\(title) \(bar) \(permille / 10) % ")
    }

    /// Clears the line.
    func finish() {
        guard isVisible, shown.withLock({ $0 }) != nil else { return }
        Output.draw("\r\u{1b}[2K")
    }
}
