/// Who has which unique key: the job that is open with it, or one that ended while its window lasts.
///
/// Keys are compared in full.
struct UniqueTable: Sendable {
    struct Holder: Sendable, Hashable {
        let job: JobID
        /// How long the key stays taken after the job's end; nil for no longer than that.
        let until: Timestamp?
        var isOpen = true
    }

    struct Expiry: Comparable, Hashable, Sendable {
        let time: Timestamp
        let job: JobID
        let key: Name

        static func < (left: Expiry, right: Expiry) -> Bool {
            (left.time, left.job) < (right.time, right.job)
        }
    }

    private var holders = BranchedDictionary<Name, Holder>()
    /// Of the jobs that ended inside their window.
    private(set) var expiries = ChunkedSortedSet<Expiry>()

    /// The job that has the key at a moment.
    func holder(of key: Name, at now: Timestamp) -> JobID? {
        guard !holders.isEmpty, let holder = holders[key] else { return nil }
        if holder.isOpen { return holder.job }
        return holder.until.map { $0 > now } ?? false ? holder.job : nil
    }

    /// Until when the holder of a key keeps it after its end.
    func until(_ key: Name) -> Timestamp? {
        holders[key]?.until
    }

    mutating func claim(_ key: Name, _ job: JobID, until: Timestamp?) {
        forget(key)
        holders[key] = Holder(job: job, until: until)
    }

    /// The holder has ended.
    mutating func end(_ key: Name, at now: Timestamp) {
        guard let until = holders[key]?.until, until > now, let job = holders[key]?.job else {
            holders[key] = nil
            return
        }
        holders[key]?.isOpen = false
        expiries.insert(Expiry(time: until, job: job, key: key))
    }

    mutating func branch() { holders.branch() }

    /// Forgets the windows that are over.
    mutating func expire(at now: Timestamp) {
        while let expiry = expiries.first, expiry.time <= now {
            forget(expiry.key)
        }
    }

    private mutating func forget(_ key: Name) {
        guard let holder = holders.removeValue(forKey: key), !holder.isOpen, let until = holder.until else {
            return
        }
        expiries.remove(Expiry(time: until, job: holder.job, key: key))
    }
}
