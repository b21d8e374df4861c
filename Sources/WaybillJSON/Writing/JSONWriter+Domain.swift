import FoundationEssentials
package import JSONText
package import Orchestration

/// How the domain's values look in JSON.
extension JSONWriter {
    /// Lengths of time are seconds.
    package mutating func seconds(_ name: String, _ span: TimeSpan) {
        field(name, Double(span.nanoseconds) / 1e9)
    }

    /// Text where the bytes are UTF-8, else base64 under `…Base64`.
    package mutating func payload(_ name: String, _ bytes: [UInt8], _ contentType: String) {
        if !contentType.isEmpty { field(name + "Type", contentType) }
        guard !bytes.isEmpty else { return }
        if let text = String(validating: bytes, as: UTF8.self) {
            field(name, text)
        } else {
            field(name + "Base64", Data(bytes).base64EncodedString())
        }
    }

    /// `[step, time, value]`; a value that is not finite is a text, as JSON has no number for it.
    package mutating func points(_ points: [Point]) {
        var list: [UInt8] = [0x5b]
        for (index, point) in points.enumerated() {
            let value = Self.text(of: point.value)
            let time = point.time.rfc3339
            list.append(contentsOf: "\(index > 0 ? "," : "")[\(point.step),\"\(time)\",\(value)]".utf8)
        }
        list.append(0x5d)
        field("points", json: list)
    }

    /// A number, or the text that stands for it where JSON has none; command scripts take the same texts.
    package mutating func curveValue(_ name: String, _ value: Double) {
        field(name, json: Array(Self.text(of: value).utf8))
    }

    private static func text(of value: Double) -> String {
        if value.isNaN { return "\"NaN\"" }
        if value.isInfinite { return value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
        return "\(value)"
    }

    package mutating func links(_ links: BackLinks) {
        guard links != BackLinks() else { return }
        object("previous") { json in
            json.nonZero("job", links.job)
            json.nonZero("worker", links.worker)
            json.nonZero("machine", links.machine)
        }
    }
}
