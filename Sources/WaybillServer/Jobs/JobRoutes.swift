import WaybillHTTP

/// Jobs under `/v1/jobs`.
enum JobRoutes {
    static let endpoints: [EngineEndpoint] =
        [JobCreation.one, JobCreation.many]
        + [JobReading.page, JobReading.detail, JobReading.history, JobReading.result, JobReading.why]
        + [JobCommands.update, JobCommands.prune, JobCommands.rerun, JobCommands.redrive, JobCommands.cancel]
        + [JobCommands.hold, JobCommands.unhold, JobCommands.discard]
        + BulkRoutes.endpoints
}
