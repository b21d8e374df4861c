import Orchestration
import WaybillJSON

/// One row of a table of image-generation requests; empty texts and nil are what the table leaves empty.
struct ImageRequest: Sendable, Hashable {
    enum Status: String, Sendable {
        case succeeded = "SUCCEED"
        case failed = "FAILED"
        case pending = "PENDING"
    }

    var created: Timestamp
    /// Since the first request of the file.
    var arrivalTime: TimeSpan = .zero
    var type: String
    var status: Status
    var duration: TimeSpan
    var group: String
    var model: String
    var promptLength: Int64?
    var negativePromptLength: Int64?
    var images: Int64?
    var steps: Int64?
    var adapters: Int64?

    var fate: JobFate {
        switch status {
        case .succeeded: .complete
        case .failed: .fail(Failure(type: "failed", message: "failed in the trace", isRetryable: false))
        case .pending: .leaveWaiting
        }
    }

    /// A request that is left waiting lies in a queue of its own, because as the head of a served queue it
    /// would be handed to a worker, or hold up everything behind it.
    func arrival(in queue: String) -> JobArrival {
        let specification = JobSpecification(
            kind: "image",
            queue: status == .pending ? "\(queue).pending" : queue,
            payload: payload,
            contentType: Replay.json,
            attributes: group.isEmpty ? [:] : ["group": group],
            retry: Replay.retry,
            timeouts: Replay.timeouts(running: duration)
        )
        return JobArrival(
            arrival: arrivalTime,
            specification: specification,
            duration: duration,
            fate: fate
        )
    }

    private var payload: [UInt8] {
        var json = JSONWriter()
        json.field("type", type)
        if let images { json.field("images", images) }
        if let steps { json.field("steps", steps) }
        if let promptLength { json.field("prompt_length", promptLength) }
        if let negativePromptLength { json.field("negative_prompt_length", negativePromptLength) }
        if !model.isEmpty { json.field("model", model) }
        if let adapters { json.field("adapters", adapters) }
        return json.finish()
    }
}
