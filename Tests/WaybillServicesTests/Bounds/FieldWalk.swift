import WaybillHTTP

/// One field of a body, and a sound body around it.
struct BodyField {
    let path: [BodyStep]
    let schema: Schema
    let isRequired: Bool
    /// Whether it takes members that nobody named.
    let isClosed: Bool
    /// Sound, and with everything that the field stands in.
    let body: Sample
}

/// Every field of a body, those in lists and dictionaries once.
struct FieldWalk {
    let values: BoundaryValues
    /// What a field is to hold by name, such as `jobs[0]`, where not everything that has the shape would do.
    let given: [String: Sample]
    /// What a field needs beside itself.
    let company: [String: [Sample.Member]]

    /// Of each shape that the body may have.
    func fields(_ schema: Schema) -> [BodyField] {
        if case .oneOf(let schemas) = values.resolved(schema) { return schemas.flatMap(fields) }
        return fields(schema, at: [], isRequired: true, in: sample(schema))
    }

    func boundaries(of field: BodyField) throws -> [BoundaryValues.Value] {
        guard case .list(let item, _, _, _) = values.resolved(field.schema) else {
            return try values.values(field.schema) { _ in .plain("1") }
        }
        return try values.values(field.schema) { sample(item, at: field.path + [.item], number: $0) }
    }

    private func fields(
        _ schema: Schema,
        at path: [BodyStep],
        isRequired: Bool,
        in body: Sample
    ) -> [BodyField] {
        let shape = values.resolved(schema)
        var isClosed = false
        var inner: [BodyField] = []
        switch shape {
        case .object(let properties, let isOpen, _):
            isClosed = !isOpen
            for property in properties {
                var around = body
                for member in company[property.name] ?? [] {
                    around = around.setting(member.value, at: path + [.member(member.name)])
                }
                let place = path + [.member(property.name)]
                let isThere = property.isRequired
                if !isThere, !isPlain(property.schema) {
                    around = around.setting(sample(property.schema, at: place), at: place)
                }
                inner += fields(property.schema, at: place, isRequired: property.isRequired, in: around)
            }
        case .list(let item, _, _, _): inner = fields(item, at: path + [.item], isRequired: false, in: body)
        case .dictionary(let value, _, _):
            inner = fields(value, at: path + [.member("k")], isRequired: false, in: body)
        default: break
        }
        let field = BodyField(
            path: path,
            schema: schema,
            isRequired: isRequired,
            isClosed: isClosed,
            body: body
        )
        return [field] + inner
    }

    /// Whether nothing stands in it.
    private func isPlain(_ schema: Schema) -> Bool {
        switch values.resolved(schema) {
        case .object, .list, .dictionary: false
        default: true
        }
    }

    /// The least that is sound.
    func sample(_ schema: Schema, at path: [BodyStep] = [], number: Int = 0) -> Sample {
        if number == 0, let given = given[path.name] { return given }
        switch values.resolved(schema) {
        case .sized(let inner, _): return sample(inner, at: path, number: number)
        case .text: return .string("a\(number)")
        case .dateTime, .givenTime: return .string("2050-01-01T00:00:00Z")
        case .bytes: return .string("QQ==")
        case .integer(let range): return .plain("\(range.contains(1) ? 1 : range.lowerBound)")
        // Far from those that are there.
        case .natural(let least): return .plain("\(number == 0 ? max(least, 1) : 1_000_000 + UInt64(number))")
        case .number(let range): return .plain("\(range?.contains(1) ?? true ? 1 : range?.lowerBound ?? 1)")
        case .flag: return .plain("true")
        case .choice(let words): return .string(words[number % words.count])
        case .list(let item, _, _, _): return .list([sample(item, at: path + [.item])])
        case .dictionary(let value, _, _):
            return .object([.init("k", sample(value, at: path + [.member("k")]))])
        case .object(let properties, _, _):
            return .object(
                properties.filter(\.isRequired).map {
                    Sample.Member($0.name, sample($0.schema, at: path + [.member($0.name)]))
                }
            )
        case .oneOf(let schemas): return sample(schemas[0], at: path, number: number)
        case .any, .named, .optional: return .plain("1")
        }
    }
}
