import Waybill

extension TimeSpan {
    /// The lease of services whose workers never say that they are alive: a year.
    static let longest = TimeSpan.seconds(365 * 86_400)
}
