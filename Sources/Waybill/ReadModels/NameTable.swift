/// Gives each distinct name a small number, so that a million rows don't hold a million strings.
struct NameTable: Sendable {
    private var numbers: [String: UInt32] = [:]
    private var names: [String] = []

    mutating func number(of name: String) -> UInt32 {
        if let number = numbers[name] { return number }
        let number = UInt32(names.count)
        numbers[name] = number
        names.append(name)
        return number
    }

    /// The number of a name that was seen before.
    func known(_ name: String) -> UInt32? { numbers[name] }

    subscript(number: UInt32) -> String { names[Int(number)] }
}
