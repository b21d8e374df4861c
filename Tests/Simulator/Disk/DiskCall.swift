public import EventLog

/// One call that a simulated disk was asked, for a trace that a person reads.
public struct DiskCall: Hashable, Sendable, CustomStringConvertible {
    public var operation: FSError.Operation
    /// Path, and for a rename both of them.
    public var name: String
    public var offset: Int
    public var count: Int
    /// The fault that struck, if one did.
    public var fault: Fault.Effect?

    public var description: String {
        let span = count > 0 || offset > 0 ? " \(count) bytes at \(offset)" : ""
        let struck = fault.map { " !! \($0.kind)" } ?? ""
        return "\(operation.rawValue) \(name)\(span)\(struck)"
    }
}
