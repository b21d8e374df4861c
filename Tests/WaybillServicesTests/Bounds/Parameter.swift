import Foundation
import WaybillHTTP

/// A part of a request's head that the description tells of.
struct Parameter {
    enum Target {
        case path(String, String)
        case query(String)
        case header(String, String)
        case nowhere
    }

    let name: String
    let schema: Schema
    /// `path`, `query` or `header`.
    let place: String

    /// Where the text goes; nil where it can't stand there.
    func target(_ text: String) -> Target? {
        let escaped = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        switch place {
        case "path": return text.isEmpty ? nil : .path(name, escaped)
        case "query": return .query("\(name)=\(escaped)")
        default:
            let isSound = text.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !text.isEmpty
            return isSound ? .header(name, text) : nil
        }
    }
}

extension BoundaryValues {
    /// As they stand in a head, where a number is a text.
    func texts(_ schema: Schema) throws -> [(text: String, isInside: Bool)] {
        var texts: [(String, Bool)] = []
        for text in try values(schema, item: { _ in .plain("1") }).compactMap(\.sample.headText) {
            let reading: Sample =
                switch schema {
                case .integer, .natural, .number, .flag:
                    Sample.plain(text).isJSON ? .plain(text) : .string(text)
                default: .string(text)
                }
            texts.append((text, try allows(reading, schema)))
        }
        return texts
    }
}

extension Sample {
    fileprivate var isJSON: Bool {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil
    }

    fileprivate var headText: String? {
        let value = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        if let string = value as? String { return string }
        return value is NSNumber ? text : nil
    }
}
