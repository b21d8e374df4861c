import Waybill

/// Writes metrics in Prometheus' text format, version 0.0.4.
///
/// Times are seconds; a histogram's buckets are cumulative, as the format wants them.
struct PrometheusWriter {
    private(set) var text = ""
    private var family = ""

    enum Kind: String {
        case counter, gauge, histogram
    }

    /// Begins a family; its samples follow.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        family = name
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(_ value: some CustomStringConvertible, _ labels: KeyValuePairs<String, String> = [:])
    {
        line(family, Self.pairs(labels), "\(value)")
    }

    /// - Parameter scale: What a measure is divided by: 10^9 from nanoseconds to seconds.
    mutating func histogram(
        _ counts: BucketHistogram,
        dividedBy scale: Double,
        _ labels: KeyValuePairs<String, String> = [:]
    ) {
        let pairs = Self.pairs(labels)
        var sum: UInt64 = 0
        for (bound, count) in zip(counts.bounds, counts.counts) {
            sum += count
            line(family + "_bucket", pairs + ["le=\"\(Double(bound) / scale)\""], "\(sum)")
        }
        line(family + "_bucket", pairs + ["le=\"+Inf\""], "\(counts.count)")
        line(family + "_sum", pairs, "\(Double(counts.sum) / scale)")
        line(family + "_count", pairs, "\(counts.count)")
    }

    private mutating func line(_ name: String, _ pairs: [String], _ value: String) {
        text += pairs.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs.joined(separator: ","))} \(value)\n"
    }

    private static func pairs(_ labels: KeyValuePairs<String, String>) -> [String] {
        labels.map { "\($0.key)=\"\(escaped($0.value))\"" }
    }

    /// By scalars: CR and LF are one character of Swift's, and so are a quote and the accent behind it.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
