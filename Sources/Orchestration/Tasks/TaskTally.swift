/// How the tasks of one job stand.
package struct TaskTally: Sendable, Hashable {
    package let total: Int
    package let succeeded: Int
    /// Dead or cancelled; one that was redriven is open again.
    package let failed: Int

    package var open: Int { total - succeeded - failed }

    package init(total: Int, succeeded: Int, failed: Int) {
        self.total = total
        self.succeeded = succeeded
        self.failed = failed
    }
}

/// What memory holds of the tasks of one job: they have successive numbers, so their count names them all.
struct TaskRecord: Sendable, Hashable {
    let total: UInt32
    var succeeded: UInt32 = 0
    var failed: UInt32 = 0
    /// The sequence of the event that decided how the parent ends; 0 while it is open.
    var decision: UInt64 = 0

    var tally: TaskTally {
        TaskTally(total: Int(total), succeeded: Int(succeeded), failed: Int(failed))
    }

    /// How many tasks a parent with this rule still waits for.
    func pending(_ rule: ParentFailureRule) -> UInt32 {
        rule == .ignore ? total - succeeded - failed : total - succeeded
    }

    /// The numbers of the tasks.
    func jobs(of parent: JobID) -> ClosedRange<UInt64> {
        parent.rawValue + 1...parent.rawValue + UInt64(total)
    }
}
