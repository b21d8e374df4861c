package import EventLog

/// A fault that a simulated disk was told to have: when, and what.
package struct Fault: Hashable, Sendable {
    package enum Trigger: Hashable, Sendable {
        /// The n-th change of the disk, from 1: every call but reading, listing, closing and dropping caches.
        case change(Int)
        /// The n-th call of one kind, from 1.
        case operation(FSError.Operation, nth: Int)
    }

    package enum Effect: Hashable, Sendable {
        /// The call fails with this `errno` and does nothing.
        case fail(errno: Int32)
        /// A read or write takes at most so many bytes.
        case short(bytes: Int)
        /// A sync fails and the system marks the pages clean: some of the pending writes land, by this seed; the
        /// others never will, while reads go on showing them until the cache is dropped.
        case losePages(errno: Int32, seed: UInt64)
        /// A sync answers that all is well and writes nothing, now or later.
        case lie
        /// The power goes before the call has any effect.
        case crashBefore
        /// The power goes when the call has done its work and before it answers.
        case crashAfter
    }

    package var trigger: Trigger
    package var effect: Effect

    package init(_ trigger: Trigger, _ effect: Effect) {
        self.trigger = trigger
        self.effect = effect
    }
}

extension Fault.Effect {
    /// The name under which a report counts it.
    package var kind: String {
        switch self {
        case .fail(let errno): "errno \(errno)"
        case .short: "short transfer"
        case .losePages: "failed sync, pages lost"
        case .lie: "sync that lies"
        case .crashBefore: "crash before a call"
        case .crashAfter: "crash after a call"
        }
    }
}
