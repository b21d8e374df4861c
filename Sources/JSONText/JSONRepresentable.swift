package import Names

/// A value that can stand in JSON.
package protocol JSONRepresentable {
    func append(to json: inout JSONWriter)
}

/// A value that is an object in JSON.
package protocol JSONObject: JSONRepresentable {
    /// Writes the members.
    func write(to json: inout JSONWriter)
}

extension JSONObject {
    package func append(to json: inout JSONWriter) {
        json.object { write(to: &$0) }
    }

    /// The object as a document.
    package var json: [UInt8] { JSONWriter.document(self) }
}

extension Array where Element: JSONObject {
    /// The list as a document.
    package var json: [UInt8] { JSONWriter.document(self) }
}

extension Bool: JSONRepresentable {
    package func append(to json: inout JSONWriter) { json.append(raw: self ? "true" : "false") }
}

extension String: JSONRepresentable {
    package func append(to json: inout JSONWriter) { json.append(self) }
}

extension Name: JSONRepresentable {
    package func append(to json: inout JSONWriter) { json.append(text) }
}

extension Double: JSONRepresentable {
    /// The shortest text that reads back as the same number; NaN and infinities, which JSON lacks, become null.
    package func append(to json: inout JSONWriter) { json.append(raw: isFinite ? "\(self)" : "null") }
}

extension FixedWidthInteger {
    package func append(to json: inout JSONWriter) { json.append(raw: String(self)) }
}

extension Int: JSONRepresentable {}
extension Int32: JSONRepresentable {}
extension Int64: JSONRepresentable {}
extension UInt32: JSONRepresentable {}
extension UInt64: JSONRepresentable {}

extension Array: JSONRepresentable where Element: JSONRepresentable {
    package func append(to json: inout JSONWriter) {
        json.list(self) { $0.append(to: &$1) }
    }
}

extension Dictionary: JSONRepresentable where Key == Name, Value: JSONRepresentable {
    /// Keys ascending.
    package func append(to json: inout JSONWriter) {
        json.object { json in
            for (key, value) in sorted(by: { $0.key < $1.key }) { json.field(key.text, value) }
        }
    }
}
