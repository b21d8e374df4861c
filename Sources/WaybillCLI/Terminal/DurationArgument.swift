import ArgumentParser
import Orchestration

/// A length of time as people write it: `90`, `90s`, `1.5m`, `2h`, `7d`, `250ms`.
struct DurationArgument: ExpressibleByArgument {
    let span: TimeSpan
    private let text: String

    /// For a default.
    static func seconds(_ count: Int64) -> DurationArgument {
        DurationArgument(span: .seconds(count), text: "\(count)s")
    }

    private init(span: TimeSpan, text: String) {
        self.span = span
        self.text = text
    }

    var defaultValueDescription: String { text }

    init?(argument: String) {
        let units: [(String, Double)] = [
            ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86_400e9), ("", 1e9),
        ]
        for (suffix, unit) in units where argument.hasSuffix(suffix) {
            guard let count = Double(argument.dropLast(suffix.count)) else { continue }
            let nanoseconds = (count * unit).rounded()
            guard count >= 0, nanoseconds < 9e18 else { return nil }
            span = TimeSpan(nanoseconds: Int64(nanoseconds))
            text = argument
            return
        }
        return nil
    }
}
