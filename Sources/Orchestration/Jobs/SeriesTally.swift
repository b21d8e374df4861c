/// How far one series of a live job has come.
///
/// The values themselves are kept by read models.
package struct SeriesTally: Sendable, Hashable {
    package internal(set) var name: String
    package internal(set) var count: UInt64
    /// The step of the last point that was added.
    package internal(set) var lastStep: UInt64
}
