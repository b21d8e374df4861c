import FoundationEssentials
package import Orchestration

/// How the domain's values look in JSON.
extension JSONWriter {
    package mutating func optional(_ name: String, _ text: String?) {
        if let text { field(name, text) }
    }

    package mutating func nonZero(_ name: String, _ number: UInt64) {
        if number != 0 { field(name, number) }
    }

    package mutating func list(_ name: String, _ texts: [String]) {
        if !texts.isEmpty { field(name, texts) }
    }

    /// Lengths of time are seconds.
    package mutating func seconds(_ name: String, _ span: TimeSpan) {
        field(name, Double(span.nanoseconds) / 1e9)
    }

    package mutating func object(_ name: String, _ write: (inout JSONWriter) -> Void) {
        var inner = JSONWriter()
        write(&inner)
        field(name, json: inner.finish())
    }

    /// A list of objects.
    package mutating func list<Item>(
        _ name: String,
        _ items: some Sequence<Item>,
        _ write: (Item, inout JSONWriter) -> Void
    ) {
        field(name, json: Self.list(items, write))
    }

    /// A list of objects that stands by itself.
    package static func list<Item>(
        _ items: some Sequence<Item>,
        _ write: (Item, inout JSONWriter) -> Void
    ) -> [UInt8] {
        var list: [UInt8] = [0x5b]
        for item in items {
            if list.count > 1 { list.append(0x2c) }
            var json = JSONWriter()
            write(item, &json)
            list.append(contentsOf: json.finish())
        }
        list.append(0x5d)
        return list
    }

    /// A text, or null: for members that are always there.
    package mutating func orNull(_ name: String, _ text: String?) {
        if let text { field(name, text) } else { field(name, json: Array("null".utf8)) }
    }

    package mutating func orNull(_ name: String, _ number: UInt64?) {
        if let number { field(name, number) } else { field(name, json: Array("null".utf8)) }
    }

    /// Keys ascending.
    package mutating func dictionary(_ name: String, _ texts: [String: String]) {
        guard !texts.isEmpty else { return }
        object(name) { json in
            for (key, value) in texts.sorted(by: { $0.key < $1.key }) { json.field(key, value) }
        }
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
