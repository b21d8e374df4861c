/// The last events of subjects as they will be once the draft is applied.
///
/// Almost every command touches one worker and one machine: the newest subject costs no hashing.
struct LinkOverlay {
    private var newest = UInt32.max
    private var sequence: UInt64 = 0
    private var others: [UInt32: UInt64] = [:]

    /// Returns the subject's previous event (`known` to the state, or an earlier one of the draft).
    mutating func touch(_ subject: UInt32, known: UInt64, by event: UInt64) -> UInt64 {
        defer { sequence = event }
        if subject == newest { return sequence }
        if newest != UInt32.max { others[newest] = sequence }
        newest = subject
        return others[subject] ?? known
    }
}
