import HTTPTypes
import Synchronization
import Waybill
import WaybillHTTP

/// How many requests each operation answered, how, and how long that took.
final class RequestMetrics: Sendable {
    struct Key: Hashable, Sendable {
        var method: String
        /// The operation's path as the contract names it, so that labels are few however many jobs there are.
        var path: String
        var status: Int
    }

    /// Upper bounds in nanoseconds, from half a millisecond to ten seconds.
    private static let bounds: [Int64] = [
        500, 1000, 2500, 5000, 10_000, 25_000, 100_000, 500_000, 2_500_000, 10_000_000,
    ]
    .map { $0 * 1000 }

    private let counts = Mutex<[Key: BucketHistogram]>([:])

    func record(_ answer: EndpointAnswer) {
        let key = Key(method: answer.method.rawValue, path: answer.path, status: answer.status.code)
        let span = answer.duration.components
        let nanoseconds = span.seconds * 1_000_000_000 + span.attoseconds / 1_000_000_000
        counts.withLock { $0[key, default: BucketHistogram(Self.bounds)].record(nanoseconds) }
    }

    var all: [(key: Key, durations: BucketHistogram)] {
        counts.withLock { $0.map { ($0.key, $0.value) } }
            .sorted {
                ($0.key.path, $0.key.method, $0.key.status) < ($1.key.path, $1.key.method, $1.key.status)
            }
    }
}
