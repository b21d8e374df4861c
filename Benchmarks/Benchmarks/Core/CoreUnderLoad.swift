import Orchestration

/// A state that is driven as the sequencer drives it: decide, encode, apply, one command after another.
struct CoreUnderLoad {
    private(set) var bytes: [UInt8] = []
    private var state = State()
    private var events: [Event] = []
    private var now = Timestamp(seconds: 1_700_000_000)
    private let context = CommandContext(actor: "bench")
    private let request = DispatchRequest(worker: "worker-1")

    init(backlog: Int, priorities: Int = 1) {
        state.decideOpened(EngineOpened(epoch: 1, clock: .virtual), at: now, into: &events)
        admit()
        for number in 0..<backlog { create(number, priority: Int32(number % priorities)) }
        bytes = []
    }

    mutating func create(_ number: Int, priority: Int32 = 0) {
        let text =
            "{\"frame\":\(number),\"input\":\"s3://bucket/\(number &* 7919)/frame.exr\",\"samples\":512}"
        _ = run(.create(JobSpecification(kind: "render", payload: Array(text.utf8), priority: priority)))
    }

    /// Every job that waits gets another rank.
    mutating func configure(aging: TimeSpan) {
        _ = run(.configureQueue(QueueSpecification(name: "default", aging: aging)))
    }

    /// Works one job off.
    mutating func cycle() {
        guard case .leases(let leases)? = run(.dispatch(request)), let lease = leases.first else { return }
        _ = run(.complete(.lease(lease.token), result: Payload()))
        if bytes.count > 1 << 20 { bytes.removeAll(keepingCapacity: true) }
    }

    private mutating func run(_ command: Command) -> CommandResult? {
        now = now + TimeSpan(nanoseconds: 1000)
        let answer = try? state.decide(command, context, at: now, entropy: 7, into: &events)
        admit()
        return answer
    }

    private mutating func admit() {
        for event in events {
            EventCodec.encode(event, into: &bytes)
            try? state.apply(event)
        }
        events.removeAll(keepingCapacity: true)
    }
}
