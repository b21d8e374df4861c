// What a host names of the floors below comes with `import Waybill`. What it only writes with a leading dot, or reads out
// of an answer, needs no name; who wants one anyway imports Orchestration or EventLog beside it.
// swift-format-ignore-file: OrderedImports

// Values.
@_exported public import struct Names.Name
@_exported public import struct Orchestration.JobID
@_exported public import struct Orchestration.LeaseToken
@_exported public import struct Orchestration.Payload
@_exported public import struct Orchestration.Point
@_exported public import struct Orchestration.TimeSpan
@_exported public import struct Orchestration.Timestamp
// Arithmetic of times: without the spaces the dot would be a part of the operator.
// swift-format-ignore
@_exported public import func Orchestration . +
// swift-format-ignore
@_exported public import func Orchestration . -

// Jobs.
@_exported public import struct Orchestration.JobChange
@_exported public import struct Orchestration.JobSpecification
@_exported public import enum Orchestration.JobState
@_exported public import struct Orchestration.Requirements
@_exported public import struct Orchestration.RetryPolicy
@_exported public import struct Orchestration.Timeouts

// Commands, why they are refused, and what they write.
@_exported public import enum Orchestration.Command
@_exported public import struct Orchestration.CommandGroup
@_exported public import enum Orchestration.CommandResult
@_exported public import class Orchestration.CommandContext
@_exported public import struct Orchestration.IdempotencyBounds
@_exported public import struct Orchestration.Event
@_exported public import enum Orchestration.Refusal

// Work.
@_exported public import struct Orchestration.Completion
@_exported public import struct Orchestration.DispatchRequest
@_exported public import struct Orchestration.Failure
@_exported public import struct Orchestration.Lease

// Where work waits and runs.
@_exported public import struct Orchestration.MachineSpecification
@_exported public import struct Orchestration.QueueSpecification
@_exported public import struct Orchestration.Rate
@_exported public import struct Orchestration.Retention
@_exported public import struct Orchestration.WorkerSpecification

// The log.
@_exported public import enum EventLog.LogError
@_exported public import struct EventLog.LogLimits
