extension JSONValue {
    /// The bytes that a text takes at most once it is parsed, found without parsing it; for what is no JSON anything.
    ///
    /// A list's values and an object's members stand side by side, in storage that doubles as they grow; objects that are
    /// read field by field have a table of their members besides; texts stand apart.
    package static func parsedBytes(of text: [UInt8]) -> Int {
        var (values, members, containers) = (1, 0, 0)
        var isInString = false
        var isEscaped = false
        for byte in text {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5c {
                    isEscaped = true
                } else if byte == 0x22 {
                    isInString = false
                }
                continue
            }
            switch byte {
            case 0x22: isInString = true
            case 0x2c: values += 1
            case 0x3a: members += 1
            case 0x5b, 0x7b:
                values += 1
                containers += 1
            default: break
            }
        }
        let inLists = max(0, values - members) * 2 * MemoryLayout<JSONValue>.stride
        let inObjects = members * (4 * MemoryLayout<Member>.stride + 2 * MemoryLayout<String>.stride)
        return inLists + inObjects + containers * 64 + text.count
    }
}
