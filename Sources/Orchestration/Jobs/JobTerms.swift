/// The part of a specification that most jobs of one kind have in common, held once for all of them.
///
/// Immutable, so that it is shared without copies; ``standard`` serves every job that says nothing special.
final class JobTerms: Sendable, Hashable {
    struct Values: Hashable, Sendable {
        var concurrencyKey: Name?
        var fairnessKey: Name?
        var fairnessWeight: UInt32 = 1
        var requirements = Requirements()
        var retry = RetryPolicy()
        var timeouts = Timeouts()
        var source: Name?
        var confidence: Double?
        var after: [JobID] = []
        var onParentFailure = ParentFailureRule.fail
        var onTaskFailure = ParentFailureRule.fail
        var taskCount: UInt32 = 0
        var uniqueWindow: TimeSpan?
        var delay: TimeSpan?
        var onClash = ClashRule.refuse
        var rerunOf: JobID?
    }

    static let standard = JobTerms(Values())

    let values: Values

    private init(_ values: Values) {
        self.values = values
    }

    /// The shared object where the values are the standard ones, a new one otherwise.
    static func holding(_ values: Values) -> JobTerms {
        values == standard.values ? standard : JobTerms(values)
    }

    static func == (left: JobTerms, right: JobTerms) -> Bool {
        left === right || left.values == right.values
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(values)
    }
}
