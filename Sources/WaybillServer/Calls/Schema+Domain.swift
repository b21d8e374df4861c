package import Orchestration
import Waybill
package import WaybillHTTP
import WaybillJSON

/// The shapes of the domain's plain values.
extension Schema {
    /// What an engine with the usual limits takes.
    package static let limits = CoreLimits()
    /// What the engine takes as the name of a kind, queue, worker, machine, tag, key and so on.
    package static let name = Schema.sized(.text(pattern: "^[^\\u0000]+$"), bytes: limits.nameBytes)
    package static let names = Schema.list(.name, atMost: limits.listItems)
    /// A short text that is no name, and may be empty.
    package static let word = Schema.sized(.text(pattern: "^[^\\u0000]*$"), bytes: limits.nameBytes)
    /// What is written for people: a reason, a message, the value of an attribute.
    package static let prose = Schema.sized(.text(), bytes: limits.payloadBytes)
    package static let title = Schema.sized(.text(isEmptyAllowed: false), bytes: limits.payloadBytes)
    package static let texts = Schema.dictionary(.prose, names: .name, atMost: limits.listItems)
    /// A payload or a result.
    package static let anyContent = Schema.sized(.any, bytes: limits.payloadBytes)
    package static let content = Schema.sized(.bytes, bytes: limits.payloadBytes)
    /// A job's number.
    package static let job = Schema.natural(from: 1)
    package static let sequence = Schema.natural()
    package static let count = Schema.natural()
    /// A length of time; the names of those that are this end in `Ms`.
    package static let milliseconds = Schema.milliseconds(atMost: .longest)
    /// Above zero, by as little as a length of time can be.
    package static let positiveMilliseconds = Schema.milliseconds(from: .shortest, atMost: .longest)
    package static let priority = Schema.integer(Int64(Int32.min)...Int64(Int32.max))
    package static let share = Schema.number(0...1)
    package static let state = Schema.choice(JobState.allCases.map(\.name))
    package static let cancellation = Schema.choice(CancellationReason.allCases.map(\.name))
    package static let rule = Schema.choice(ParentFailureRule.allCases.map(\.name))
    package static let clash = Schema.choice(ClashRule.allCases.map(\.name))
    /// A lease's token.
    package static let token = Schema.text(pattern: "^(0|[1-9][0-9]{0,18})\\.(0|[1-9][0-9]{0,18})$")
    /// A number, or what stands for it where JSON has none.
    package static let curveValue = Schema.oneOf([.number(), .choice(["NaN", "Infinity", "-Infinity"])])

    package static func milliseconds(from least: TimeSpan = .zero, atMost most: TimeSpan) -> Schema {
        .number(Double(least.nanoseconds) / 1e6...Double(most.nanoseconds) / 1e6)
    }

    package static func positive(_ most: UInt32 = .max) -> Schema { .integer(1...Int64(most)) }

    /// A whole number of 32 bits.
    package static let small = Schema.integer(0...Int64(UInt32.max))
}

extension Schema.Property {
    /// One that a request may leave out, or give as null.
    package static func maybe(_ name: String, _ schema: Schema, _ note: String? = nil) -> Schema.Property {
        .optional(name, .optional(schema), note)
    }

    /// Why somebody does something: recorded with the events.
    package static let reason = Schema.Property.maybe("reason", .prose, "Recorded with the events")
}
