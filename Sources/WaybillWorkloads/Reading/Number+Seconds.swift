import Orchestration
import WaybillJSON

extension Number {
    /// Seconds with any fraction, to the millisecond; nil beyond ±2^32, for no run lasts longer.
    static func seconds(_ text: ArraySlice<UInt8>) -> TimeSpan? {
        guard let value = finite(text), abs(value) <= 4_294_967_296 else { return nil }
        return .milliseconds(Int64((value * 1000).rounded()))
    }
}
