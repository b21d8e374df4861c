/// The read models of one engine.
public struct ReadModels: Sendable {
    public let jobs = JobsModel()
    public let queues = QueuesModel()
    public let suggestions = SuggestionsModel()
    public let machines = MachinesModel()
    public let series = SeriesModel()

    public init() {}

    var all: [any ReadModel] { [jobs, queues, suggestions, machines, series] }
}
