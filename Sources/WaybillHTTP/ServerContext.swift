import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSONText
import Logging
import Synchronization

/// What one server keeps while it runs.
struct ServerContext<Served: Backend>: Sendable {
    let backend: Served
    let options: ServerOptions
    let origins: OriginPolicy
    let subscribers: SubscriberLimit
    let bodies: BodyReader

    init(_ backend: Served, _ options: ServerOptions) {
        self.backend = backend
        self.options = options
        origins = OriginPolicy(allowed: options.origins, isLoopback: Loopback.holds(options.host))
        subscribers = SubscriberLimit(options.limits.liveClients)
        bodies = BodyReader(options.limits)
    }

    var limits: ServerLimits { options.limits }

    /// The one place where errors become answers.
    ///
    /// - Parameter dialect: How a problem looks to the clients of what was asked for.
    func answer(
        _ request: Request,
        _ logger: Logger,
        dialect: (Problem) -> Problem = { $0 },
        _ work: () async throws -> Response
    ) async -> Response {
        let reached = backend.sequence
        do {
            return try await work()
        } catch {
            let problem = dialect(Problem(error, backend, logger))
            return Response(problem, request, sequence: request.method.isSafe ? reached : backend.sequence)
        }
    }
}

/// Tells requests apart in logs: the client's own `X-Request-Id` where it gives a sound one, else a number that no
/// other request to this server has.
final class RequestNumbers: Sendable {
    private let prefix = String(UInt32.random(in: .min ... .max), radix: 36)
    private let count = Atomic<UInt64>(0)

    func next(for request: Request) -> String {
        if let given = request.headers[.requestID], Self.isSound(given) { return given }
        return "\(prefix)-\(count.add(1, ordering: .relaxed).newValue)"
    }

    private static func isSound(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}

/// The `Date` of answers (RFC 9110, 5.6.7 and 6.6.1), written out once a second.
final class DateField: Sendable {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private let last = Mutex((second: Int64.min, text: ""))

    var text: String {
        let second = Int64(Date().timeIntervalSince1970)
        return last.withLock { last in
            if last.second != second { last = (second, Self.text(second)) }
            return last.text
        }
    }

    /// Such as `Sun, 06 Nov 1994 08:49:37 GMT`, of seconds since 1970.
    static func text(_ second: Int64) -> String {
        let time = CivilTime(nanoseconds: second * 1_000_000_000)
        // 1970-01-01 was a Thursday.
        let weekday = days[Int(second / 86_400 % 7)]
        let date = "\(CivilTime.padded(time.day, 2)) \(months[Int(time.month) - 1]) \(time.year)"
        return "\(weekday), \(date) \(time.timeOfDay) GMT"
    }
}
