import Waybill

extension Span {
    /// The lease of services whose workers never say that they are alive: a year.
    static let longest = Span.seconds(365 * 86_400)
}
