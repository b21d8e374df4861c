/// Where images come from: put your own service behind it.
protocol ImageProvider: Sendable {
    /// Makes one image, and says where it can be fetched.
    func makeImage(_ wanted: WantedImage) async throws -> String
}

/// One image of a generation.
struct WantedImage: Sendable, Hashable {
    var generation: UInt64
    /// The attempt of its job, from 1.
    var attempt: UInt32
    var animal: String
    /// From 1.
    var number: Int
}

/// The provider had no luck; another attempt may have.
struct ProviderFailed: Error, CustomStringConvertible {
    var image: WantedImage

    var description: String { "the provider made no image \(image.number) of a \(image.animal)" }
}
