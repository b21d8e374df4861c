package import Waybill

/// Makes the images of generations, inside the server's process.
package protocol ImageProvider: Sendable {
    /// Where one image can be had, as a URL or as a path on this server.
    ///
    /// Called once an image and attempt, for several generations at once. Throws what ends the attempt, which is then
    /// made again as the job's retries say.
    func image(_ number: Int, of generation: GenerationRequest) async throws -> String

    /// A picture that this provider serves itself under `/generations/{id}/images/{number}`, as SVG; nil for others.
    func drawing(_ number: Int, of generation: GenerationRequest) -> String?
}

/// What one generation is to show.
package struct GenerationRequest: Sendable, Hashable {
    /// The generation's number.
    package let id: UInt64
    package let animal: String
    /// How many images it has.
    package let numImages: Int

    package init(id: UInt64, animal: String, numImages: Int) {
        self.id = id
        self.animal = animal
        self.numImages = numImages
    }
}

/// A provider that needs no network: it draws a head with ears and eyes in colours that the generation decides, so that
/// the same image looks the same for ever.
///
/// The delay is that of a provider that is asked once for all images of a generation.
package struct DrawnImages: ImageProvider {
    private let delay: Duration
    private let clock: any Clock<Duration>

    package init(delay: TimeSpan = .zero, clock: any Clock<Duration> = ContinuousClock()) {
        self.delay = .nanoseconds(delay.nanoseconds)
        self.clock = clock
    }

    package func image(_ number: Int, of generation: GenerationRequest) async throws -> String {
        if number == 1, delay > .zero { try await clock.sleep(for: delay) }
        return "/generations/\(generation.id)/images/\(number)"
    }

    package func drawing(_ number: Int, of generation: GenerationRequest) -> String? {
        // Golden-angle steps keep neighbours apart on the colour wheel.
        let hue = (Int(generation.id % 360) * 97 + number * 137) % 360
        let ear = 10 + (Int(generation.id % 7) * 3 + number * 5) % 15
        let coat = "fill=\"hsl(\(hue), 60%, 60%)\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 120">
              <title>\(generation.animal) \(number) of \(generation.numImages)</title>
              <circle cx="25" cy="25" r="\(ear)" \(coat)/><circle cx="75" cy="25" r="\(ear)" \(coat)/>
              <circle cx="50" cy="55" r="40" \(coat)/>
              <circle cx="35" cy="45" r="5"/><circle cx="65" cy="45" r="5"/><circle cx="50" cy="65" r="8"/>
              <text x="50" y="115" text-anchor="middle" font-size="14">\(generation.animal)</text>
            </svg>

            """
    }
}
