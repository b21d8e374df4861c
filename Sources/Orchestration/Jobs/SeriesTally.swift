/// How far one series of a live job has come.
///
/// The values themselves are kept by read models.
public struct SeriesTally: Sendable, Hashable {
    public internal(set) var name: String
    public internal(set) var count: UInt64
    /// The step of the last point that was added.
    public internal(set) var lastStep: UInt64
}
