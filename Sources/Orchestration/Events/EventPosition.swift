/// What the distances inside an event's body are counted from.
struct EventPosition {
    let sequence: UInt64
    let time: Timestamp

    /// Wraps, as the writer does, so that every moment survives.
    func after(_ nanoseconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: time.nanoseconds &+ nanoseconds)
    }
}
