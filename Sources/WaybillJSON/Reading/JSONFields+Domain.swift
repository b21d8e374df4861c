package import JSONText
package import Orchestration

/// Members that hold plain values of the domain.
extension JSONFields {
    /// A value of a curve: a number, or one of the texts "NaN", "Infinity" and "-Infinity", which JSON lacks.
    package mutating func curveValue(_ name: String) throws(FieldProblem) -> Double {
        switch try required(name).value {
        case .number(let text):
            if let value = Number.real(text) { return value }
        case .string("NaN"): return .nan
        case .string("Infinity"): return .infinity
        case .string("-Infinity"): return -.infinity
        default: break
        }
        throw problem(name, "must be a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
    }

    /// Seconds, with a fraction, from 0 to 2^32.
    package mutating func span(_ name: String) throws(FieldProblem) -> TimeSpan? {
        guard let seconds = try real(name, in: 0...4_294_967_296) else { return nil }
        return TimeSpan(nanoseconds: Int64((seconds * 1e9).rounded()))
    }

    package mutating func requiredSpan(_ name: String) throws(FieldProblem) -> TimeSpan {
        guard let span = try span(name) else { throw problem(name, "is missing") }
        return span
    }
}
