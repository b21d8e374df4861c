import Foundation
package import JSONText
import Waybill
package import WaybillHTTP
import WaybillJSON

/// Holds a JSON value against a shape of the contract, as strictly as a reader of the document would.
package struct SchemaCheck {
    private let named: [String: Schema]

    package init(_ named: [NamedSchema]) {
        self.named = Dictionary(named.map { ($0.name, $0.schema) }, uniquingKeysWith: { first, _ in first })
    }

    /// What is wrong, each with its place; empty where nothing is.
    package func faults(_ value: JSONValue, _ schema: Schema, at place: String = "") -> [String] {
        switch schema {
        case .any: return []
        case .named(let name):
            guard let schema = named[name] else { return ["\(place): there is no schema \(name)"] }
            return faults(value, schema, at: place)
        case .optional(let schema):
            if case .null = value { return [] }
            return faults(value, schema, at: place)
        case .oneOf(let schemas):
            let fitting = schemas.filter { faults(value, $0, at: place).isEmpty }.count
            return fitting == 1 ? [] : ["\(place): fits \(fitting) of \(schemas.count) shapes"]
        case .sized(let schema, let bytes):
            let isSized = size(value, schema) <= bytes
            return (isSized ? [] : ["\(place): over \(bytes) bytes"]) + faults(value, schema, at: place)
        case .list(let item, let least, let most, let isSet):
            guard case .array(let values) = value else { return ["\(place): no list"] }
            let isSized = values.count >= least && values.count <= most ?? .max
            let isApart = !isSet || Set(values.map { "\($0)" }).count == values.count
            return (isSized && isApart ? [] : ["\(place): \(values.count) items"])
                + values.enumerated().flatMap { faults($1, item, at: "\(place)[\($0)]") }
        case .dictionary(let schema, let names, let most):
            guard case .object(let members) = value else { return ["\(place): no object"] }
            return (members.count <= most ?? .max ? [] : ["\(place): \(members.count) members"])
                + members.flatMap { faults(.string($0.name.text), names, at: place) }
                + members.flatMap { faults($0.value, schema, at: "\(place).\($0.name)") }
        case .object(let properties, let isOpen, let least):
            guard case .object(let members) = value else { return ["\(place): no object"] }
            return (members.count >= least ? [] : ["\(place): \(members.count) members"])
                + object(members, properties, isOpen: isOpen, at: place)
        default: return isPlain(value, schema) ? [] : ["\(place): \(value) is not \(schema)"]
        }
    }

    /// Bytes of a text, of what base64 stands for, of JSON as it is written; what is no text is too small to matter.
    private func size(_ value: JSONValue, _ schema: Schema) -> Int {
        guard case .string(let text) = value else { return 0 }
        switch schema {
        case .bytes: return Data(base64Encoded: text)?.count ?? 0
        case .any: return text.utf8.count + 2
        default: return text.utf8.count
        }
    }

    private func object(
        _ members: [JSONValue.Member],
        _ properties: [Schema.Property],
        isOpen: Bool,
        at place: String
    ) -> [String] {
        var found: [String] = []
        for property in properties {
            if let member = members.first(where: { $0.name.text == property.name }) {
                found += faults(member.value, property.schema, at: "\(place).\(property.name)")
            } else if property.isRequired {
                found.append("\(place): \(property.name) is missing")
            }
        }
        let known = Set(properties.map(\.name))
        if !isOpen {
            found += members.filter { !known.contains($0.name.text) }.map {
                "\(place): \($0.name) is not named"
            }
        }
        return found
    }

    private func isPlain(_ value: JSONValue, _ schema: Schema) -> Bool {
        switch (schema, value) {
        case (.text(let pattern, let isEmptyAllowed), .string(let text)):
            guard isEmptyAllowed || !text.isEmpty else { return false }
            return pattern.map { matches(text, $0) } ?? true
        case (.dateTime, .string(let text)), (.givenTime, .string(let text)):
            return (try? Timestamp(rfc3339: text)) != nil
        case (.bytes, .string(let text)): return Data(base64Encoded: text) != nil
        case (.choice(let words), .string(let text)): return words.contains(text)
        case (.flag, .bool): return true
        case (.integer(let range), .number(let text)):
            return Int64(String(decoding: text, as: UTF8.self)).map(range.contains) ?? false
        case (.natural(let least), .number(let text)):
            return UInt64(String(decoding: text, as: UTF8.self)).map { $0 >= least } ?? false
        case (.number(let range), .number(let text)):
            guard let number = Double(String(decoding: text, as: UTF8.self)) else { return false }
            return range?.contains(number) ?? true
        default: return false
        }
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }
}
