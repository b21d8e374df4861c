/// The shapes that the contract refers to by name, chapter by chapter.
enum Schemas {
    static let all: [(String, Schema)] =
        [("Problem", problem)] + JobSchemas.schemas + BulkSchemas.schemas + SuggestionRoutes.schemas
        + DispatchSchemas.schemas + WorkerRoutes.schemas + MachineRoutes.schemas + QueueRoutes.schemas
        + SeriesRoutes.schemas + EventSchemas.schemas + ComputeJobRoutes.schemas + SimulationRoutes.schemas
        + RebalancingSuggestionRoutes.schemas + GenerationRoutes.schemas

    /// RFC 9457, and what this server adds to it.
    private static let problem = Schema.object([
        .required("type", .text()),
        .required("title", .text()),
        .required("status", .integer(400...599)),
        .required("detail", .text(), "One sentence for people"),
        .required("instance", .text(), "The path of the request"),
        .required("code", .text(), "What scripts decide by"),
        .optional("sequence", .sequence),
        .optional("retryAfterMs", .natural()),
        .optional(
            "errors",
            .list(
                .object([.required("field", .text()), .required("problem", .text())]),
                atLeast: 1
            )
        ),
    ])
}
