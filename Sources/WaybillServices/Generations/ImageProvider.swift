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
