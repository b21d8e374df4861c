import Foundation
import JSONText
import ServerTestSupport
import WaybillHTTP

/// Values at, below and above the bounds that a shape states, and of no such shape at all.
struct BoundaryValues {
    struct Value {
        let sample: Sample
        /// Whether the description allows it.
        let isInside: Bool
    }

    private let shapes: [String: Schema]
    private let check: SchemaCheck

    init(_ named: [NamedSchema]) {
        shapes = Dictionary(named.map { ($0.name, $0.schema) }, uniquingKeysWith: { first, _ in first })
        check = SchemaCheck(named)
    }

    func resolved(_ schema: Schema) -> Schema {
        switch schema {
        case .named(let name): shapes[name].map(resolved) ?? schema
        case .optional(let inner): resolved(inner)
        default: schema
        }
    }

    /// - Parameter item: One of the list's, where the shape is a list.
    func values(_ schema: Schema, item: (Int) -> Sample) throws -> [Value] {
        let plain = try candidates(schema).map { Value(sample: $0, isInside: try allows($0, schema)) }
        return plain + sizes(resolved(schema), item)
    }

    /// Whether the description does.
    func allows(_ sample: Sample, _ schema: Schema) throws -> Bool {
        check.faults(try JSONValue.parse(Array(sample.text.utf8)[...]), schema).isEmpty
    }

    /// Lists of each size: of items that are sound, so that only their number counts.
    private func sizes(_ schema: Schema, _ item: (Int) -> Sample) -> [Value] {
        guard case .list(_, let least, let most, let isSet) = schema else { return [] }
        func list(_ count: Int) -> Sample { .list((0..<count).map(item)) }
        var values = [Value(sample: list(least), isInside: true)]
        if least > 0 { values.append(Value(sample: list(least - 1), isInside: false)) }
        if let most {
            values.append(Value(sample: list(most), isInside: true))
            values.append(Value(sample: list(most + 1), isInside: false))
        }
        if isSet { values.append(Value(sample: .list([item(0), item(0)]), isInside: false)) }
        return values
    }

    /// Those that say something about the shape; whether it allows them is asked of the description.
    private func candidates(_ schema: Schema) -> [Sample] {
        switch schema {
        case .named, .optional: candidates(resolved(schema)) + [.plain("null")]
        case .any: []
        case .sized(let inner, let bytes): candidates(inner) + sized(inner, bytes)
        case .text: ["", "a\0b", "no such word"].map { .string($0) } + [.plain("7")]
        case .dateTime, .givenTime:
            [
                "1678-01-01T00:00:00Z", "2261-12-31T23:59:59.999999999Z", "1677-09-20T23:59:59Z",
                "2262-04-13T00:00:00Z", "2026-11-20", "2026-11-20T09:30:00.1234567890Z",
            ].map { .string($0) } + [.plain("7")]
        case .bytes: ["", "QQ==", "Q", "Q@=="].map { .string($0) }
        case .integer(let range): whole(Int128(range.lowerBound), Int128(range.upperBound))
        case .natural(let least): whole(Int128(least), Int128(UInt64.max))
        case .number(let range): real(range)
        case .flag: ["true", "false", "1", "\"true\""].map { .plain($0) }
        case .choice(let words):
            (words + ["", "no such word", words[0].uppercased()]).map { .string($0) } + [.plain("7")]
        case .list: [.plain("7"), .plain("{}")]
        case .dictionary(let value, let names, let most): dictionary(value, names, most)
        case .object(_, _, let least): [.plain("7"), .plain("[]")] + (least > 0 ? [.plain("{}")] : [])
        case .oneOf(let schemas): schemas.flatMap(candidates)
        }
    }

    private func whole(_ least: Int128, _ most: Int128) -> [Sample] {
        [least - 1, least, most, most + 1].map { .plain("\($0)") } + [.plain("1.5"), .string("1")]
    }

    private func real(_ range: ClosedRange<Double>?) -> [Sample] {
        guard let range else { return [.plain("1e300"), .plain("-0.5"), .plain("true")] }
        let (least, most) = (range.lowerBound, range.upperBound)
        return [least.nextDown, least, most, most.nextUp].map { .plain("\($0)") } + [.string("1")]
    }

    /// Counted in bytes: `é` is one character of two.
    private func sized(_ inner: Schema, _ bytes: Int) -> [Sample] {
        if case .bytes = inner {
            return [bytes, bytes + 1].map { .string(Data(count: $0).base64EncodedString()) }
        }
        // The quotes are a part of JSON as it is written.
        let room = if case .any = inner { bytes - 2 } else { bytes }
        let texts = [
            String(repeating: "é", count: room / 2), String(repeating: "é", count: room / 2 + 1),
            String(repeating: "x", count: room), String(repeating: "x", count: room + 1),
        ]
        // What is long is tried with half of them, to be done in time.
        return (bytes > 1000 ? [texts[0], texts[3]] : texts).map { .string($0) }
    }

    private func dictionary(_ value: Schema, _ names: Schema, _ most: Int?) -> [Sample] {
        let sizes = most.map { [$0, $0 + 1] } ?? []
        let entries = candidates(names).compactMap { name -> Sample? in
            guard let text = try? JSONDecoder().decode(String.self, from: Data(name.text.utf8)) else {
                return nil
            }
            return .object([.init(text, .string("v"))])
        }
        return [.object([]), .plain("7"), .plain("{\"k\":7}")] + entries
            + sizes.map { count in .object((0..<count).map { .init("k\($0)", .string("v")) }) }
    }
}
