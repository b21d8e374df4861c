import Foundation
import Waybill

/// What `GET /generations/{id}` would answer, folded from the job's events.
struct GenerationStatus: Encodable, Sendable {
    enum Phase: String, Encodable, Sendable {
        case pending, processing, completed, failed
    }

    let jobId: String
    private(set) var status = Phase.pending
    private(set) var animal: String?
    private(set) var imageUrls: [String] = []
    private(set) var error: String?
    private(set) var createdAt: Date
    private(set) var updatedAt: Date
    /// How far it has come, and not part of the answer.
    private(set) var note = ""
    private var lastFailure: String?

    enum CodingKeys: String, CodingKey {
        case jobId, status, animal, imageUrls, error, createdAt, updatedAt
    }

    init(of job: JobID) {
        jobId = "\(job)"
        createdAt = .distantPast
        updatedAt = .distantPast
    }

    var isEnded: Bool { status == .completed || status == .failed }

    /// False for an event that tells the client nothing.
    mutating func fold(_ event: Event) -> Bool {
        let time = Date(timeIntervalSince1970: Double(event.time.nanoseconds) / 1e9)
        note = ""
        switch event.body {
        case .jobCreated: createdAt = time
        case .jobDispatched: status = .processing
        case .jobProgressed(_, _, let progress): note = progress.message
        case .attemptFailed(_, _, let failure):
            lastFailure = failure.message
            note = failure.message
            status = .pending
        case .leaseExpired, .jobReleased, .jobSnoozed: status = .pending
        case .jobSucceeded(_, _, let result): complete(with: result)
        case .jobDied(_, let reason): end(lastFailure ?? reason)
        case .jobCancelled(_, let reason): end("\(reason)")
        case .jobRetried(let retried):
            note = "again in \((retried.due - event.time).nanoseconds / 1_000_000) ms"
        default: return false
        }
        updatedAt = time
        return true
    }

    private mutating func complete(with result: Payload) {
        guard let made = try? JSONDecoder().decode(GenerationResult.self, from: Data(result.bytes)) else {
            return end("the result can't be read")
        }
        status = .completed
        animal = made.animal
        imageUrls = made.imageUrls
    }

    private mutating func end(_ error: String) {
        status = .failed
        self.error = error
    }
}
