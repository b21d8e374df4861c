import Waybill

/// What a client asks for: the payload of a job of kind `generation`.
struct GenerationRequest: Codable, Sendable {
    static let kind: Name = "generation"
    static let queue: Name = "generations"
    /// As many images as one generation may have.
    static let most = 10

    var numImages: Int

    var isValid: Bool { (1...Self.most).contains(numImages) }
}

/// What a generation has made: the result of its job.
struct GenerationResult: Codable, Sendable, Hashable {
    var animal: String
    var imageUrls: [String]
}
