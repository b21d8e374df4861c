extension WireReader {
    mutating func opened() throws(CodecError) -> EngineOpened {
        var epoch: UInt64 = 0
        var clock: ClockKind?
        while try next() {
            switch field {
            case 1: epoch = try uint()
            case 2: clock = try choice(ClockKind.self)
            default: try skip()
            }
        }
        guard let clock else { throw .malformed(offset: at, problem: "no kind of clock") }
        return EngineOpened(epoch: epoch, clock: clock)
    }

    mutating func quarantined() throws(CodecError) -> LogQuarantined {
        var file = LogQuarantined(file: "", bytes: 0)
        while try next() {
            switch field {
            case 1: file.file = try text()
            case 2: file.bytes = try uint()
            default: try skip()
            }
        }
        return file
    }
}
