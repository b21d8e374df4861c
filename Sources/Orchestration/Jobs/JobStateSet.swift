/// Some of the eight states, as bits.
struct JobStateSet: OptionSet, Sendable {
    let rawValue: UInt16

    static let proposed = JobStateSet(.proposed)
    static let blocked = JobStateSet(.blocked)
    static let scheduled = JobStateSet(.scheduled)
    static let ready = JobStateSet(.ready)
    static let running = JobStateSet(.running)
    static let succeeded = JobStateSet(.succeeded)
    static let dead = JobStateSet(.dead)
    static let cancelled = JobStateSet(.cancelled)

    static let waiting: JobStateSet = [.blocked, .scheduled, .ready]
    static let open: JobStateSet = [.proposed, .waiting, .running]
    static let ended: JobStateSet = [.succeeded, .dead, .cancelled]

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    init(_ state: JobState) {
        rawValue = 1 << UInt16(state.rawValue)
    }

    func contains(_ state: JobState) -> Bool {
        rawValue & 1 << UInt16(state.rawValue) != 0
    }
}
