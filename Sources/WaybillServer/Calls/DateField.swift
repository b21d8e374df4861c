import FoundationEssentials
import Synchronization
import Waybill
import WaybillJSON

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
        // 1970-01-01T00:00:00Z, a Thursday.
        let moment = Timestamp(nanoseconds: second * 1_000_000_000).rfc3339
        let parts = moment.split { "-T:Z".contains($0) }
        let month = Int(parts[1]).map { months[$0 - 1] } ?? ""
        let day = days[Int(second / 86_400 % 7)]
        return "\(day), \(parts[2]) \(month) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }
}
