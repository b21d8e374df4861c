public import Orchestration

/// A file of commands in the order in which they are given: by time, equal times in the order of the file.
///
/// One JSON object a line; blank lines are allowed, comments are not. Times (`at`, `runAt`, `expiresAt`, a point's
/// `time`) are seconds since the script's zero, or RFC 3339 texts, but one kind throughout; lengths are seconds.
/// A job that a line creates gets a `ref`, by which lines that come later in time name it; a job that is in the
/// log already is named by its number. A line with an unknown field, an unknown or repeated ref or a value out of
/// range is skipped and counted, with line and field named.
///
/// | `command` | fields (**required**) |
/// | --- | --- |
/// | all | **`at`**, **`command`**, `actor`, `reason`, `idempotencyKey`, `traceparent`, `expectedVersion` |
/// | `create` | `ref`, and the fields of a job below; with tasks, **`tasks`**: list of objects like it, and `onTaskFailure` (`fail`, `ignore`, `wait`) |
/// | `createMany` | **`jobs`**: list of objects like those of `create` |
/// | `suggest` | as `create`, and `source`, `confidence` (0…1) |
/// | `approve`, `reject` | **`jobs`**: list of refs |
/// | `dispatch` | **`worker`**, `queues`, `kinds`, `max` (1), `machine` |
/// | `complete` | **`job`**, `result` (any JSON) |
/// | `completeMany` | **`jobs`**: list of objects with **`job`**, `result` |
/// | `fail` | **`job`**, **`type`**, `message`, `retryable` (true), `retryAfter` |
/// | `update` | **`job`**, and what changes: `priority`, `runAt`, `tags`, `attributes`, `requirements` |
/// | `hold`, `unhold`, `discard`, `prune` | **`jobs`**: list of refs |
/// | `cancel` | **`job`**, or **`jobs`**: list of refs; `force` (false) |
/// | `redrive` | **`jobs`**: list of refs, `payload` (any JSON) |
/// | `rerun` | **`job`**, `ref` |
/// | `start` | **`job`**, **`worker`**, `lease` |
/// | `heartbeat` | **`job`**, `fraction` (0…1), `message` |
/// | `snooze` | **`job`**, **`for`** |
/// | `release` | **`job`** |
/// | `addPoints` | **`job`**, **`series`**, **`points`**: list of **`step`**, **`value`**, `time` (`at`) |
/// | `registerWorker` | **`name`**, **`slots`**, `queues`, `kinds`, `labels` |
/// | `drainWorker` | **`name`** |
/// | `configureQueue` | **`name`**, `concurrency`, `keyConcurrency`, `rate` (**`starts`**, **`interval`**, `burst`), `policy`, `aging`, `keepSucceeded`, `keepDead`, `keepCancelled` |
/// | `setQueueStatus` | **`name`**, **`status`**: `open`, `paused` or `draining` |
/// | `registerMachine` | **`name`**, **`cpuMillis`**, `memoryMegabytes`, `gpuDevices`, `gpuModel`, `labels`, `attributes` |
/// | `setMachineStatus` | **`name`**, **`status`**: `available`, `cordoned` or `maintenance` |
///
/// A job: **`kind`**, `queue`, `payload` (any JSON; with a `contentType` other than `application/json` a text),
/// `priority`, `runAt`, `expiresAt`, `tags`, `attributes`, `uniqueKey`, `uniqueWindow`, `onClash` (`refuse`,
/// `existing`), `concurrencyKey`, `fairnessKey`, `fairnessWeight`, `after` (list of refs), `onParentFailure` (`fail`,
/// `ignore`, `wait`), `requirements` (`cpuMillis`, `memoryMegabytes`, `gpuMillis`, `gpuDevices`, `gpuModels`,
/// `labels`, `machine`), `retry` (`maxAttempts`, `maxCrashes`, `base`, `factor`, `cap`, `jitter`, `nonRetryable`),
/// `timeouts` (`lease`, `run`, `total`). What is left out has the engine's default.
///
/// ```
/// {"at": 0, "command": "registerMachine", "name": "m1", "cpuMillis": 4000}
/// {"at": 1, "command": "create", "ref": "a", "kind": "render", "payload": {"frame": 7}}
/// {"at": 2.5, "command": "dispatch", "worker": "w1"}
/// {"at": 9, "command": "complete", "job": "a", "result": "done"}
/// ```
public struct CommandScript: Sendable {
    public struct Step: Sendable {
        /// Since the script's zero.
        public var at: TimeSpan
        /// The line that it stands on.
        public var line: Int
        public var context: CommandContext
        /// Times in it count from the script's own zero; ``CommandScript/command(of:epoch:resolving:)`` moves them.
        public var command: ScriptedCommand
    }

    public let steps: [Step]
    /// What the script's own times say at its zero: its first `at` where they are dates, else the Unix epoch.
    let zero: Timestamp

    /// A job is named that has no id, because the command that creates it was refused, or that nobody holds.
    public struct Unresolved: Error, Sendable, Hashable {
        public var ref: String
        public var line: Int

        public init(ref: String, line: Int) {
            self.ref = ref
            self.line = line
        }
    }
}
