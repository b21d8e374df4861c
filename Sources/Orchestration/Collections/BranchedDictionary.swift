/// A dictionary that can be branched off: the branch keeps what it changes beside what it shares.
///
/// The first change of a plain copy copies all; a branch costs what it changes, however much there is. It is for short
/// lives: what is gone from it is remembered as gone.
struct BranchedDictionary<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var base: [Key: Value] = [:]
    /// What a branch says instead, nil for what is gone; nil where there is no branch.
    private var changes: [Key: Value?]?

    mutating func branch() {
        if changes == nil { changes = [:] }
    }

    subscript(key: Key) -> Value? {
        get {
            if let changed = changes?[key] { return changed }
            return base[key]
        }
        set {
            if changes == nil { base[key] = newValue } else { changes?.updateValue(newValue, forKey: key) }
        }
        _modify {
            if changes == nil {
                yield &base[key]
            } else {
                var value = self[key]
                defer { changes?.updateValue(value, forKey: key) }
                yield &value
            }
        }
    }

    mutating func removeValue(forKey key: Key) -> Value? {
        if changes == nil { return base.removeValue(forKey: key) }
        defer { changes?.updateValue(nil, forKey: key) }
        return self[key]
    }

    /// False for a branch that only may have something.
    var isEmpty: Bool { base.isEmpty && changes?.isEmpty ?? true }

    /// Copies a branch.
    var all: [Key: Value] {
        var all = base
        for (key, value) in changes ?? [:] { all[key] = value }
        return all
    }
}
