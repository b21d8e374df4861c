package import EventLog

/// One call that a simulated disk was asked, for a trace that a person reads.
package struct DiskCall: Hashable, Sendable, CustomStringConvertible {
    package var operation: FSError.Operation
    /// Path, and for a rename both of them.
    package var name: String
    package var offset: Int
    package var count: Int
    /// The fault that struck, if one did.
    package var fault: Fault.Effect?

    package var description: String {
        let span = count > 0 || offset > 0 ? " \(count) bytes at \(offset)" : ""
        let struck = fault.map { " !! \($0.kind)" } ?? ""
        return "\(operation.rawValue) \(name)\(span)\(struck)"
    }
}
