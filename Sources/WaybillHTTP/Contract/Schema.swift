import JSONText

/// The shape of a JSON value (JSON Schema 2020-12), as far as the contract needs it.
package indirect enum Schema: Sendable {
    case any
    case text(pattern: String? = nil, isEmptyAllowed: Bool = true)
    /// A moment as it is told: whatever nanoseconds since 1970 in 64 bits can say.
    case dateTime
    /// A moment as it is taken: see `CivilTime/moment(_:needsZone:)`.
    case givenTime
    case bytes
    case integer(ClosedRange<Int64>)
    /// Up to 2^64 - 1.
    case natural(from: UInt64 = 0)
    case number(ClosedRange<Double>? = nil)
    case flag
    case choice([String])
    case list(Schema, atLeast: Int = 0, atMost: Int? = nil, isSet: Bool = false)
    case dictionary(Schema, names: Schema = .text(isEmptyAllowed: false), atMost: Int? = nil)
    case object([Property], isOpen: Bool = false, atLeast: Int = 0)
    case named(String)
    case oneOf([Schema])
    case optional(Schema)
    /// At most so many bytes: of a text in UTF-8, of what base64 stands for, of other JSON as it is written.
    case sized(Schema, bytes: Int)

    /// A member of an object.
    package struct Property: Sendable {
        package let name: String
        package let schema: Schema
        package let isRequired: Bool
        package let note: String?

        /// One that has to be there.
        package static func required(_ name: String, _ schema: Schema, _ note: String? = nil) -> Property {
            Property(name: name, schema: schema, isRequired: true, note: note)
        }

        package static func optional(_ name: String, _ schema: Schema, _ note: String? = nil) -> Property {
            Property(name: name, schema: schema, isRequired: false, note: note)
        }
    }
}

/// A shape that others refer to.
package typealias NamedSchema = (name: String, schema: Schema)

extension Schema {
    func write(to json: inout JSONWriter, note: String? = nil) {
        switch self {
        case .any: break
        case .text(let pattern, let isEmptyAllowed):
            json.field("type", "string")
            json.optional("pattern", pattern)
            if !isEmptyAllowed { json.field("minLength", 1) }
        case .dateTime:
            json.field("type", "string")
            json.field("format", "date-time")
            json.field(
                "pattern",
                "^(167[7-9]|16[89][0-9]|1[7-9][0-9]{2}|2[01][0-9]{2}|22[0-5][0-9]|226[0-2])-"
            )
        case .givenTime:
            json.field("type", "string")
            json.field("format", "date-time")
            json.field(
                "pattern",
                "^(167[89]|16[89][0-9]|1[7-9][0-9]{2}|2[01][0-9]{2}|22[0-5][0-9]|226[01])"
                    + "-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-5][0-9](\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
            )
        case .bytes:
            json.field("type", "string")
            json.field("contentEncoding", "base64")
            json.field("pattern", "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$")
        case .integer(let range):
            json.field("type", "integer")
            json.field("minimum", range.lowerBound)
            json.field("maximum", range.upperBound)
        case .natural(let least):
            json.field("type", "integer")
            json.field("minimum", least)
            json.field("maximum", UInt64.max)
        case .number(let range):
            json.field("type", "number")
            if let range {
                json.field("minimum", range.lowerBound)
                json.field("maximum", range.upperBound)
            }
        case .flag: json.field("type", "boolean")
        case .choice(let words):
            json.field("type", "string")
            json.field("enum", words)
        case .named(let name): json.field("$ref", "#/components/schemas/\(name)")
        case .sized(let schema, let bytes):
            schema.write(to: &json)
            // JSON Schema counts characters, of which no text has more than bytes.
            if case .text = schema { json.field("maxLength", bytes) }
            json.field("x-maxBytes", bytes)
        case .list, .dictionary, .object, .oneOf, .optional: writeCompound(to: &json)
        }
        json.optional("description", note)
    }

    private func writeCompound(to json: inout JSONWriter) {
        switch self {
        case .list(let item, let least, let most, let isSet):
            json.field("type", "array")
            json.object("items") { item.write(to: &$0) }
            if least > 0 { json.field("minItems", least) }
            if let most { json.field("maxItems", most) }
            if isSet { json.field("uniqueItems", true) }
        case .dictionary(let value, let names, let most):
            json.field("type", "object")
            json.object("propertyNames") { names.write(to: &$0) }
            if let most { json.field("maxProperties", most) }
            json.object("additionalProperties") { value.write(to: &$0) }
        case .object(let properties, let isOpen, let least):
            json.field("type", "object")
            json.object("properties") { json in
                for property in properties {
                    json.object(property.name) { property.schema.write(to: &$0, note: property.note) }
                }
            }
            let required = properties.filter(\.isRequired).map(\.name)
            if !required.isEmpty { json.field("required", required) }
            if least > 0 { json.field("minProperties", least) }
            if !isOpen { json.field("additionalProperties", false) }
        case .oneOf(let schemas): json.list("oneOf", schemas) { $0.write(to: &$1) }
        case .optional(let schema):
            json.list("anyOf", [schema, nil]) { schema, json in
                if let schema { schema.write(to: &json) } else { json.field("type", "null") }
            }
        default: break
        }
    }
}
