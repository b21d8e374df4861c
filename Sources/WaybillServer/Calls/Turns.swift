import Synchronization

/// Lets what concerns one thing happen one after another, in the order in which it came.
///
/// What was begun is finished, also when its caller has gone: a command isn't left half done.
package final class Turns: Sendable {
    private struct Line {
        var last: Task<Void, Never>
        var count: Int
    }

    private let lines = Mutex<[String: Line]>([:])

    /// Runs the work when everything that came before it under the same name is over.
    package func take<Value: Sendable>(
        _ name: String,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = lines.withLock { lines in
            let (before, count) = (lines[name]?.last, lines[name]?.count ?? 0)
            let task = Task {
                await before?.value
                return try await work()
            }
            lines[name] = Line(last: Task { _ = await task.result }, count: count + 1)
            return task
        }
        defer {
            lines.withLock { lines in
                lines[name]?.count -= 1
                if lines[name]?.count == 0 { lines[name] = nil }
            }
        }
        return try await task.value
    }
}
