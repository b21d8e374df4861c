import FoundationEssentials
import JSONText
import Synchronization

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
