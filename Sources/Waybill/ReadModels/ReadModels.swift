import Orchestration

/// The read models of one engine.
///
/// The jobs table comes first: what it knows of an event's job goes on to the others with the event.
public struct ReadModels: Sendable {
    public let jobs: JobsModel
    public let queues: QueuesModel
    public let workers: WorkersModel
    public let deadLetters: DeadLettersModel
    public let throughput: ThroughputModel
    public let suggestions = SuggestionsModel()
    public let machines = MachinesModel()
    public let series = SeriesModel()

    package init() {
        let names = JobNames()
        jobs = JobsModel(names: names)
        queues = QueuesModel(names: names)
        workers = WorkersModel(names: names)
        deadLetters = DeadLettersModel(names: names)
        throughput = ThroughputModel(names: names)
    }

    private var followers: [any Follower] {
        [queues, workers, deadLetters, throughput, suggestions, machines, series]
    }

    /// Folds events in log order; those that were folded before are passed over.
    func fold(_ events: [Event]) async {
        let batch = await jobs.note(events)
        for model in followers { await model.fold(batch) }
    }

    /// Nothing more comes.
    func stop() async {
        await jobs.stop()
        for model in followers { await model.stop() }
    }
}
