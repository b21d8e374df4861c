/// Gives each distinct name a small number, so that a million rows don't hold a million strings.
struct NameTable: Sendable {
    private var numbers: [String: UInt32] = [:]
    private var names: [String] = []
    /// The number that was asked for last; the next one is mostly the same.
    private var latest = 0

    mutating func number(of name: String) -> UInt32 {
        if latest < names.count, names[latest] == name { return UInt32(latest) }
        let number = numbers[name] ?? add(name)
        latest = Int(number)
        return number
    }

    /// The number of a name that was seen before.
    func known(_ name: String) -> UInt32? { numbers[name] }

    subscript(number: UInt32) -> String { names[Int(number)] }

    private mutating func add(_ name: String) -> UInt32 {
        let number = UInt32(names.count)
        numbers[name] = number
        names.append(name)
        return number
    }
}
