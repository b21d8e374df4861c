extension WireWriter {
    mutating func change(_ change: JobChange) {
        if let priority = change.priority { presentZigzag(1, priority) }
        if let runAt = change.runAt { presentFixed(2, UInt64(bitPattern: runAt.nanoseconds)) }
        if let tags = change.tags { message(3) { $0.names(1, tags) } }
        if let attributes = change.attributes { message(4) { $0.map(1, attributes) } }
        if let requirements = change.requirements { message(5) { $0.requirements(requirements) } }
        if let isHeld = change.isHeld { present(6, isHeld ? 1 : 0) }
    }
}

extension WireReader {
    mutating func change() throws(CodecError) -> JobChange {
        var change = JobChange()
        while try next() {
            switch field {
            case 1: change.priority = try zigzag()
            case 2: change.runAt = try timestamp()
            case 3:
                var message = try message()
                change.tags = try message.tags()
            case 4:
                var message = try message()
                change.attributes = try message.attributes()
            case 5:
                var message = try message()
                change.requirements = try message.requirements()
            case 6: change.isHeld = try bool()
            default: try skip()
            }
        }
        return change
    }

    private mutating func tags() throws(CodecError) -> [Name] {
        var tags: [Name] = []
        while try next() {
            if field == 1 { tags.append(try name()) } else { try skip() }
        }
        return tags
    }

    private mutating func attributes() throws(CodecError) -> [Name: String] {
        var attributes: [Name: String] = [:]
        while try next() {
            if field == 1 { try pair(into: &attributes) } else { try skip() }
        }
        return attributes
    }
}
