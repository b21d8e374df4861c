package import Orchestration

/// A file of commands in the order in which they are given: by time, equal times in the order of the file.
///
/// One JSON object a line; blank lines are allowed, comments are not. Moments (`at`, `runAt`, `expiresAt`, a point's
/// `time`) are RFC 3339 texts, or milliseconds since the script's zero under a name that says so (`atMs`, `runAtMs`,
/// `expiresAtMs`, `timeMs`), but one kind throughout. A job that a line creates gets a `ref`, by which lines that come
/// later in time name it; a job that is in the log already is named by its number. A line with an unknown field, an
/// unknown or repeated ref or a value out of range is skipped and counted, with line and field named.
///
/// | `command` | fields (**required**) |
/// | --- | --- |
/// | all | **`at`** or **`atMs`**, **`command`**, `actor`, `reason`, `idempotencyKey`, `traceparent`, `expectedVersion`, `refusal` (the code that the line is written for) |
/// | `create` | `ref`, and the fields of a job below; with tasks, **`tasks`**: list of objects like it |
/// | `createMany` | **`jobs`**: list of objects like those of `create` |
/// | `suggest` | as `create`, and `source`, `confidence` (0…1) |
/// | `approve`, `reject` | **`jobs`**: list of refs |
/// | `dispatch` | **`worker`**, `queues`, `kinds`, `max` (1), `machine` |
/// | `complete` | **`job`**, `result` |
/// | `completeMany` | **`jobs`**: list of objects with **`job`**, `result` |
/// | `fail` | **`job`**, **`type`**, `message`, `retryable` (true), `retryAfterMs` |
/// | `update` | **`job`**, and what changes: `priority`, `runAt`, `tags`, `attributes`, `requirements` |
/// | `hold`, `unhold`, `discard`, `prune` | **`jobs`**: list of refs |
/// | `cancel` | **`job`**, or **`jobs`**: list of refs; `force` (false) |
/// | `redrive` | **`jobs`**: list of refs, `payload` |
/// | `rerun` | **`job`**, `ref` |
/// | `start` | **`job`**, **`worker`**, `leaseMs` |
/// | `heartbeat` | **`job`**, `fraction` (0…1), `message` |
/// | `snooze` | **`job`**, **`forMs`** |
/// | `release` | **`job`** |
/// | `addPoints` | **`job`**, **`series`**, **`points`**: list of **`step`**, **`value`**, `time` (`at`) |
/// | `registerWorker` | **`name`**, **`slots`**, `queues`, `kinds`, `labels` |
/// | `drainWorker` | **`worker`** |
/// | `configureQueue` | **`name`**, `concurrency`, `keyConcurrency`, `rate` (**`starts`**, **`intervalMs`**, `burst`), `policy`, `agingMs`, `retention` (`succeededMs`, `deadMs`, `cancelledMs`) |
/// | `setQueueStatus` | **`queue`**, **`status`**: `open`, `paused` or `draining` |
/// | `registerMachine` | **`name`**, **`cpuMillis`**, `memoryMegabytes`, `gpuDevices`, `gpuModel`, `labels`, `attributes` |
/// | `setMachineStatus` | **`machine`**, **`status`**: `available`, `cordoned` or `maintenance` |
///
/// A job: **`kind`**, `queue`, `payload` (any JSON; a text where `contentType` is another), `contentType`, `priority`,
/// `runAt` or `delayMs`, `expiresAt`, `tags`, `attributes`, `uniqueKey`, `uniqueWindowMs`, `onClash` (`refuse`, `existing`),
/// `concurrencyKey`, `fairnessKey`, `fairnessWeight`, `after` (list of refs), `onParentFailure` and `onTaskFailure`
/// (`fail`, `ignore`, `wait`), `requirements` (`cpuMillis`, `memoryMegabytes`, `gpuMillis`, `gpuDevices`, `gpuModels`,
/// `labels`, `machine`), `retry` (`maxAttempts`, `maxCrashes`, `baseMs`, `factor`, `capMs`, `jitter`, `nonRetryable`),
/// `timeouts` (`leaseMs`, `runMs`, `totalMs`). Bytes that are no JSON stand as base64 in `payloadBase64`, and so do
/// results, which have `result`, `resultBase64` and `resultType`. What is left out has the engine's default.
///
/// ```
/// {"atMs": 0, "command": "registerMachine", "name": "m1", "cpuMillis": 4000}
/// {"atMs": 1000, "command": "create", "ref": "a", "kind": "render", "payload": {"frame": 7}}
/// {"atMs": 2500, "command": "dispatch", "worker": "w1"}
/// {"atMs": 9000, "command": "complete", "job": "a", "result": "done"}
/// ```
package struct CommandScript: Sendable {
    package struct Step: Sendable {
        /// Since the script's zero.
        package var at: TimeSpan
        /// The line that it stands on.
        package var line: Int
        package var context: CommandContext
        /// The refusal that the line is written for, by ``Refusal/name``.
        package var expectedRefusal: String?
        /// Times in it count from the script's own zero; ``CommandScript/command(of:epoch:resolving:)`` moves them.
        package var command: ScriptedCommand
    }

    package let steps: [Step]
    /// What the script's own times say at its zero: its first `at` where they are dates, else the Unix epoch.
    let zero: Timestamp

    /// A job is named that has no id, because the command that creates it was refused, or that nobody holds.
    package struct Unresolved: Error, Sendable, Hashable {
        package var ref: Name
        package var line: Int

        package init(ref: Name, line: Int) {
            self.ref = ref
            self.line = line
        }
    }
}
