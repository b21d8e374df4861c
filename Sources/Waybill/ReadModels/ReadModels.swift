import Orchestration

/// The read models of one engine.
///
/// The jobs table comes first: what it knows of an event's job goes on to the others with the event.
package struct ReadModels: Sendable {
    package let jobs: JobsModel
    package let queues: QueuesModel
    package let workers: WorkersModel
    package let deadLetters: DeadLettersModel
    package let throughput: ThroughputModel
    package let suggestions: SuggestionsModel
    package let machines: MachinesModel
    package let series: SeriesModel
    package let tasks: TasksModel
    private let followers: [any Follower]
    let watch = CurveWatch()
    let progress = ProjectionWatermark()

    package init() {
        let names = JobNames()
        jobs = JobsModel(names: names, progress)
        queues = QueuesModel(names: names, progress)
        workers = WorkersModel(names: names, progress)
        deadLetters = DeadLettersModel(names: names, progress)
        throughput = ThroughputModel(names: names, progress)
        suggestions = SuggestionsModel(progress)
        machines = MachinesModel(progress)
        series = SeriesModel(progress)
        tasks = TasksModel(progress)
        followers = [queues, workers, deadLetters, throughput, suggestions, machines, series, tasks]
    }

    /// Folds batches in log order; what was folded before is passed over.
    ///
    /// All of them in one go, and only into the models that they say something to: each costs a change of actors.
    func fold(_ batches: [[Event]]) async {
        guard let last = batches.last?.last?.sequence else { return }
        let folded = await jobs.fold(batches)
        let mask = folded.reduce(into: ProjectionMask()) { $0.formUnion($1.mask) }
        for model in followers where mask.contains(model.mask) { await model.fold(folded) }
        progress.reach(last)
        watch.call(folded)
    }

    /// Nothing more comes.
    func stop() {
        progress.end()
        watch.end()
    }
}
