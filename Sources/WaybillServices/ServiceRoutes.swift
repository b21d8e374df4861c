public import Waybill
public import WaybillServer

/// What the five services let their operators decide.
public struct ServiceOptions: Sendable, Hashable {
    /// What ``imagesPerGeneration`` may be.
    public static let imageCounts = 1...1000

    /// Images of one generation at most, from 1 to 1,000 (the service's `MAX_IMAGES_PER_JOB`).
    public var imagesPerGeneration: Int
    /// How long the server takes over a generation before it draws, as a provider elsewhere would (the service's
    /// `IMAGE_PROVIDER_DELAY`).
    public var imageDelay: TimeSpan

    /// The usual, but for what is named.
    public init(imagesPerGeneration: Int = 10, imageDelay: TimeSpan = .zero) {
        precondition(Self.imageCounts.contains(imagesPerGeneration), "from 1 to 1,000 images")
        self.imagesPerGeneration = imagesPerGeneration
        self.imageDelay = imageDelay
    }
}

extension RouteGroup {
    /// The five services as they are usually set up.
    public static var services: [RouteGroup] { services(ServiceOptions()) }

    /// The five services, on the paths that their clients know: compute jobs, simulations with their convergence curves,
    /// rebalancing, and image generations, whose images the server draws itself.
    public static func services(_ options: ServiceOptions) -> [RouteGroup] {
        services(options, images: DrawnImages(delay: options.imageDelay))
    }

    /// - Parameter images: Makes the images of generations; nil leaves them to workers elsewhere.
    package static func services(_ options: ServiceOptions = ServiceOptions(), images: (any ImageProvider)?)
        -> [RouteGroup]
    {
        [.computeJobs, .simulations, .rebalancing, .generations(images, atMost: options.imagesPerGeneration)]
    }
}
