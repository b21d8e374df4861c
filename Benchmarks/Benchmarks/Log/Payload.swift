import EventLog
import Orchestration

/// Encoded events of about 200 bytes, as a batch of creates has them.
struct Payload {
    let bytes: [UInt8]
    let count: Int

    static func events(_ count: Int) -> Payload {
        var bytes: [UInt8] = []
        let context = CommandContext(actor: "bench")
        for number in 1...count {
            let text =
                "{\"frame\":\(number),\"input\":\"s3://bucket/\(number &* 7919)/frame.exr\",\"samples\":512}"
            let job = JobSpecification(kind: "render", payload: Array(text.utf8))
            let event = Event(
                sequence: UInt64(number),
                time: Timestamp(seconds: 1_700_000_000),
                command: UInt64(number),
                context: context,
                body: .jobCreated(JobID(UInt64(number)), job)
            )
            EventCodec.encode(event, into: &bytes)
        }
        return Payload(bytes: bytes, count: count)
    }

    func append(to log: LogWriter) throws {
        let time = max(1, log.lastTime)
        try bytes.withUnsafeBytes { try log.append($0, count: count, time: time) }
    }
}
