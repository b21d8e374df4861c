import Orchestration
import WaybillJSON

/// Lines of an llm.c training log: `s:STEP trl:LOSS lr:RATE norm:NORM` or `s:STEP tel:LOSS`.
///
/// The training loss is series `loss`, the validation loss `val_loss`, the rest keep their names. There is no
/// clock in this log.
struct LLMCLogParser {
    func read(_ line: ArraySlice<UInt8>) -> CurveLine {
        var fields = Fields()
        fields.splitBlanks(line)
        guard let (key, text) = Self.pair(fields[0]), key == "s" else {
            return .malformed("does not begin with s:STEP")
        }
        guard let step = CurveRow.step(text) else { return .malformed("the step is not a number in range") }
        var values: [(series: Name, value: Double)] = []
        for field in fields.slices.dropFirst() {
            guard let (name, text) = Self.pair(field), let value = Number.real(text) else {
                return .malformed("\(String(decoding: field.prefix(40), as: UTF8.self)) is not NAME:NUMBER")
            }
            values.append((Self.series(name), value))
        }
        if values.isEmpty { return .malformed("has no value") }
        return .row(CurveRow(step: step, values: values))
    }

    private static func pair(_ field: ArraySlice<UInt8>) -> (String, ArraySlice<UInt8>)? {
        guard let colon = field.firstIndex(of: 0x3a), colon > field.startIndex else { return nil }
        return (String(decoding: field[..<colon], as: UTF8.self), field[(colon + 1)...])
    }

    private static func series(_ name: String) -> Name {
        switch name {
        case "trl": "loss"
        case "tel": "val_loss"
        default: Name(name)
        }
    }
}
