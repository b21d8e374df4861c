extension WireReader {
    mutating func opened() throws(CodecError) -> EngineOpened {
        var epoch: UInt64 = 0
        var clock: ClockKind?
        var isServing = true
        var window: Int64 = 0
        var keys: UInt64 = 0
        var keepsAll = false
        while try next() {
            switch field {
            case 1: epoch = try uint()
            case 2: clock = try choice(ClockKind.self)
            case 3: isServing = try !bool()
            case 4: window = try int()
            case 5: keys = try uint()
            case 6: keepsAll = try bool()
            default: try skip()
            }
        }
        guard let clock else { throw .malformed(offset: at, problem: "no kind of clock") }
        var idempotency = IdempotencyBounds(
            window: TimeSpan(nanoseconds: window),
            count: Int(clamping: keys)
        )
        idempotency.forgetsOldest = !keepsAll
        return EngineOpened(epoch: epoch, clock: clock, isServing: isServing, idempotency: idempotency)
    }

    mutating func clockJump() throws(CodecError) -> TimeSpan {
        var jump = TimeSpan.zero
        while try next() {
            if field == 1 { jump = TimeSpan(nanoseconds: try int()) } else { try skip() }
        }
        return jump
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
