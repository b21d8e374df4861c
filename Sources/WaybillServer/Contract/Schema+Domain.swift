import Orchestration
import Waybill
import WaybillJSON

/// The shapes of the domain's plain values.
extension Schema {
    /// What the engine takes as the name of a kind, queue, worker, machine, tag, key and so on.
    static let name = Schema.text(pattern: "^[^\\u0000]{1,256}$")
    static let names = Schema.list(.name, atMost: 256)
    static let texts = Schema.dictionary(.text())
    /// A job's number.
    static let job = Schema.natural(from: 1)
    static let sequence = Schema.natural()
    static let count = Schema.natural()
    /// A length of time in seconds.
    static let span = Schema.number(0...4_294_967_296)
    static let priority = Schema.integer(Int64(Int32.min)...Int64(Int32.max))
    static let share = Schema.number(0...1)
    static let state = Schema.choice(JobState.allCases.map(\.name))
    static let cancellation = Schema.choice(CancellationReason.allCases.map(\.name))
    static let rule = Schema.choice(ParentFailureRule.allCases.map(\.name))
    static let clash = Schema.choice(ClashRule.allCases.map(\.name))
    /// A lease's token.
    static let token = Schema.text(pattern: "^(0|[1-9][0-9]{0,18})\\.(0|[1-9][0-9]{0,18})$")
    /// A number, or what stands for it where JSON has none.
    static let curveValue = Schema.oneOf([.number(), .choice(["NaN", "Infinity", "-Infinity"])])

    static func positive(_ most: UInt32 = .max) -> Schema { .integer(1...Int64(most)) }

    /// A whole number of 32 bits.
    static let small = Schema.integer(0...Int64(UInt32.max))
}

extension Schema.Property {
    /// One that a request may leave out, or give as null.
    static func maybe(_ name: String, _ schema: Schema, _ note: String? = nil) -> Schema.Property {
        .optional(name, .optional(schema), note)
    }

    /// Why somebody does something: recorded with the events.
    static let reason = Schema.Property.maybe("reason", .text(), "Recorded with the events")
}
