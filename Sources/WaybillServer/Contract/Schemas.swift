/// The shapes that the contract refers to by name, chapter by chapter.
enum Schemas {
    static let all: [(String, Schema)] =
        [("Problem", problem)] + ComputeJobRoutes.schemas + SuggestionRoutes.schemas
        + GenerationRoutes.schemas

    /// RFC 9457, and what this server adds to it.
    private static let problem = Schema.object([])
}
