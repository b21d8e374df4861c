public import WaybillServer

extension RouteGroup {
    /// The five services, on the paths that their clients know: compute jobs, simulations with their convergence curves,
    /// rebalancing, and image generations, whose images the server draws itself.
    public static var services: [RouteGroup] { services(images: DrawnImages()) }

    /// - Parameter images: Makes the images of generations; nil leaves them to workers elsewhere.
    package static func services(images: (any ImageProvider)?) -> [RouteGroup] {
        [.computeJobs, .simulations, .rebalancing, .generations(images)]
    }
}
