import FoundationEssentials
import Orchestration

/// Payloads and results as JSON: dates as RFC 3339, keys in order, so that equal results are equal bytes.
enum JSONPayload {
    /// Throws a retryable ``JobFailure`` of type `payload` that says what was expected, what was found, and where.
    ///
    /// Not final, because another worker, or the next deployment, may know the type.
    static func decode<Value: Decodable>(_ type: Value.Type, _ payload: Payload) throws(JobFailure) -> Value {
        guard isJSON(payload.contentType) else {
            throw unreadable("\(type)", payload, "content type \(payload.contentType) is not JSON")
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            return try decoder.decode(type, from: Data(payload.bytes))
        } catch let error as DecodingError {
            throw unreadable("\(type)", payload, describe(error))
        } catch {
            throw unreadable("\(type)", payload, "\(error)")
        }
    }

    /// A long payload is told by its beginning.
    private static func unreadable(_ type: Name, _ payload: Payload, _ problem: String) -> JobFailure {
        let beginning = String(decoding: payload.bytes.prefix(160), as: UTF8.self)
        let rest = payload.bytes.count > 160 ? "… (\(payload.bytes.count) bytes)" : ""
        return JobFailure(
            type: "payload",
            message: "expected \(type), found \(beginning)\(rest): \(problem)"
        )
    }

    /// Throws a final ``JobFailure`` of type `result`.
    static func encode(_ value: some Encodable) throws(JobFailure) -> Payload {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Payload(Array(try encoder.encode(value)), contentType: "application/json")
        } catch EncodingError.invalidValue(let value, let context) {
            throw final("result", "\(path(context.codingPath)): \(value) can't be written as JSON")
        } catch {
            throw final("result", "\(error)")
        }
    }

    /// `application/json`, anything that ends in `+json`, and nothing said at all.
    static func isJSON(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return type.isEmpty || type == "application/json" || type.hasSuffix("+json")
    }

    private static func final(_ type: Name, _ message: String) -> JobFailure {
        JobFailure(type: type, message: message, isRetryable: false)
    }

    private static func describe(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(path(context.codingPath + [key])): is missing"
        case .valueNotFound(let type, let context): "\(path(context.codingPath)): no \(type) but null"
        case .typeMismatch(let type, let context): "\(path(context.codingPath)): no \(type)"
        case .dataCorrupted(let context): "\(path(context.codingPath)): \(context.debugDescription)"
        @unknown default: "\(error)"
        }
    }

    /// As `images[2].url` does it.
    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }.orRoot
    }
}

extension String {
    fileprivate var orRoot: String { isEmpty ? "the value" : self }
}
