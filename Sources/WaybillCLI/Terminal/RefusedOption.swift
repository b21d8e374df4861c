import Orchestration

extension Refusal {
    /// One sentence, with a field under the name that it has on the command line.
    var toldOfOptions: String {
        switch root {
        case .invalid(let field, let problem): "\(Self.option(field)) \(problem)"
        case .payloadTooLarge(let field, let bytes, let limit):
            "\(Self.option(field)) has \(bytes) bytes, over the limit of \(limit)"
        default: description
        }
    }

    /// The last part of a field's name is that of its option, but for these.
    private static func option(_ field: String) -> String {
        if let name = names[field] { return name }
        if field.hasPrefix("attributes.") { return names["attributes"] ?? field }
        let last = field.split(separator: ".").last ?? Substring(field)
        return last.reduce(into: "--") { option, character in
            option += character.isUppercase ? "-\(character.lowercased())" : String(character)
        }
    }

    private static let names = [
        "attributes": "--attribute", "job": "<id>", "jobs": "<ids>", "kind": "<kind>", "kinds": "--kind",
        "name": "<name>", "patch": "--payload", "queues": "--queue", "rate.interval": "--per",
        "rate.starts": "--rate", "result": "--payload", "retention.cancelled": "--keep-cancelled",
        "retention.dead": "--keep-dead", "retention.succeeded": "--keep-succeeded", "span": "--for",
        "tags": "--tag", "timeouts.run": "--run-timeout", "timeouts.total": "--total-timeout",
    ]
}
