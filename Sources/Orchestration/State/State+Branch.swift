extension State {
    /// A copy to decide ahead on, which never remembers a key.
    ///
    /// What changes in it costs a chunk of each table that changes, and a reference for every other chunk: with a
    /// million jobs that wait a tenth of a millisecond or two, and no more with keys, traces and limits of all kinds.
    var branch: State {
        var branch = self
        branch.idempotency = IdempotencyTable()
        branch.idempotency.bounds.count = 0
        branch.ready.branch()
        branch.leases.branch()
        branch.unique.branch()
        branch.children.branch()
        branch.tasks.branch()
        branch.traceparents.branch()
        branch.prunes.branch()
        return branch
    }
}
