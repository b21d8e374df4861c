/// When an appended batch counts as durable.
public enum Durability: UInt8, Sendable, Hashable {
    /// After `fdatasync`. The default.
    case commit = 1
    /// After the write: a killed process loses nothing, a power cut may lose the end. For tests and imports.
    case none = 2
}
