/// Looks at a log's directory without a lock, and again when a writer has changed it under the look.
///
/// An opening writer moves a torn tail aside and removes empty segments: what a reader takes for a missing or damaged
/// file may only have gone in that moment.
func steadyLook<Value>(
    _ disk: any LogFS,
    _ look: () throws(LogError) -> Value
) throws(LogError) -> Value {
    for _ in 0..<3 {
        let before = try names(disk)
        do throws(LogError) { return try look() } catch {
            if try names(disk) == before, try lockHolder(disk) == nil { throw error }
        }
    }
    return try look()
}

private func names(_ disk: any LogFS) throws(LogError) -> [String] {
    try asLogError { () throws(FSError) in try disk.list("") }
}
