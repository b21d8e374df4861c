// A name is said in every file of the domain, so it comes with the domain.
@_exported public import struct Names.Name

/// A job's number: dense, from 1, assigned by the sequencer in log order.
public struct JobID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number, from 1.
    public let rawValue: UInt64

    /// The job of that number, whether or not there is one.
    public init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    public static func < (left: JobID, right: JobID) -> Bool { left.rawValue < right.rawValue }
    public var description: String { String(rawValue) }
}

/// The fencing token of one lease, written `epoch.counter`.
///
/// Tokens only grow and are never issued twice.
///
/// The counter is the sequence of the `job.dispatched` event that granted the lease, so a token names its place
/// in the log; the epoch keeps it unique where a power cut under `none` reuses sequences.
public struct LeaseToken: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The opening of the log in which it was given.
    public let epoch: UInt64
    /// Its place among all leases, from 1.
    public let counter: UInt64

    /// A token that was given before: from a worker's message, say.
    public init(epoch: UInt64, counter: UInt64) {
        self.epoch = epoch
        self.counter = counter
    }

    /// What stands for the lease of a job that succeeded without one, as a job with tasks does.
    public static let absent = LeaseToken(epoch: 0, counter: 0)

    public static func < (left: LeaseToken, right: LeaseToken) -> Bool {
        (left.epoch, left.counter) < (right.epoch, right.counter)
    }

    public var description: String { "\(epoch).\(counter)" }
}
