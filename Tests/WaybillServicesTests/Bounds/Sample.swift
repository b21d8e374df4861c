import Foundation

/// From a JSON value to one in it.
enum BodyStep: Hashable {
    case member(String)
    /// The first of a list.
    case item
}

/// JSON that a test builds and changes.
enum Sample: Sendable {
    /// As it is written.
    case plain(String)
    case object([Member])
    case list([Sample])

    struct Member: Sendable {
        let name: String
        var value: Sample

        init(_ name: String, _ value: Sample) {
            self.name = name
            self.value = value
        }
    }

    static func string(_ text: String) -> Sample {
        let data = try? JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed)
        return .plain(String(decoding: data ?? Data(), as: UTF8.self))
    }

    var text: String {
        switch self {
        case .plain(let text): text
        case .object(let members):
            "{\(members.map { "\(Sample.string($0.name).text):\($0.value.text)" }.joined(separator: ","))}"
        case .list(let items): "[\(items.map(\.text).joined(separator: ","))]"
        }
    }

    /// Whether there is something at a path.
    func holds(_ path: some Collection<BodyStep>) -> Bool {
        guard let step = path.first else { return true }
        switch (step, self) {
        case (.member(let name), .object(let members)):
            return members.first { $0.name == name }?.value.holds(path.dropFirst()) ?? false
        case (.item, .list(let items)): return items.first?.holds(path.dropFirst()) ?? false
        default: return false
        }
    }

    /// With another value at a path whose containers are there; nil takes the member away.
    func setting(_ value: Sample?, at path: some Collection<BodyStep>) -> Sample {
        guard let step = path.first else { return value ?? self }
        let rest = path.dropFirst()
        switch (step, self) {
        case (.member(let name), .object(var members)):
            let place = members.firstIndex { $0.name == name }
            if rest.isEmpty, value == nil {
                members.removeAll { $0.name == name }
            } else if let place {
                members[place].value = members[place].value.setting(value, at: rest)
            } else {
                members.append(Member(name, Sample.object([]).setting(value, at: rest)))
            }
            return .object(members)
        case (.item, .list(var items)):
            items[0] = items[0].setting(value, at: rest)
            return .list(items)
        default: return self
        }
    }
}

extension Sequence<BodyStep> {
    /// As problems write it, such as `jobs[0].retry.capMs`.
    var name: String {
        reduce(into: "") { text, step in
            switch step {
            case .member(let name): text += text.isEmpty ? name : ".\(name)"
            case .item: text += "[0]"
            }
        }
    }
}

extension [BodyStep] {
    /// What a problem may call the field: its own name, or that of the list or dictionary whose item it is.
    var names: [String] {
        guard let last else { return [] }
        if last == .item || last == .member("k") { return [name] + Array(dropLast()).names }
        return [name]
    }

    /// The inverse of ``name``.
    init(_ name: String) {
        self = name.split(separator: ".").flatMap { part -> [BodyStep] in
            part.hasSuffix("[0]") ? [.member(String(part.dropLast(3))), .item] : [.member(String(part))]
        }
    }
}
