import Orchestration
import Testing
import WaybillJSON

/// Payloads and results: JSON where they are that, base64 where they are not.
struct PayloadFormTests {
    private func written(_ text: String, _ contentType: String) -> String {
        var json = JSONWriter()
        json.payload(Payload(Array(text.utf8), contentType: contentType))
        return String(decoding: json.finish(), as: UTF8.self)
    }

    private func read(_ text: String) throws -> Payload {
        var fields = try JSONFields(JSONValue.parse(Array(text.utf8)[...]))
        let payload = try Payload(&fields)
        try fields.finish()
        return payload
    }

    @Test(arguments: [
        (
            #"{"a": [1.50, "é"]}"#, "application/json",
            #"{"contentType":"application/json","payload":{"a": [1.50, "é"]}}"#
        ),
        ("7", "application/problem+json", #"{"contentType":"application/problem+json","payload":7}"#),
        ("{", "application/json", #"{"contentType":"application/json","payloadBase64":"ew=="}"#),
        (
            #"{"a":1,"a":2}"#, "application/json",
            #"{"contentType":"application/json","payloadBase64":"eyJhIjoxLCJhIjoyfQ=="}"#
        ),
        ("7", "text/plain", #"{"contentType":"text/plain","payloadBase64":"Nw=="}"#),
        ("7", "", #"{"payloadBase64":"Nw=="}"#), ("", "text/plain", #"{"contentType":"text/plain"}"#),
        ("", "", "{}"),
    ])
    func `bytes have one form`(text: String, contentType: String, form: String) throws {
        #expect(written(text, contentType) == form)
        // What holds no text of a type of its own reads back as it was.
        if !text.isEmpty, !contentType.isEmpty {
            #expect(try read(form) == Payload(Array(text.utf8), contentType: contentType))
        }
    }

    @Test func `JSON stays on one line, and gives no orders to a terminal`() {
        let text = "{\r\n\t\"a\": \"x\u{7f}y\u{9b}z\u{a9}\u{202e}\u{2066}\u{200b}\u{d7ff}\",\n\"b\": 1\n}"
        let form = "{\t\"a\": \"x\\u007fy\\u009bz\u{a9}\\u202e\\u2066\u{200b}\u{d7ff}\",\"b\": 1}"
        #expect(
            written(text, "application/json") == #"{"contentType":"application/json","payload":\#(form)}"#
        )
    }

    @Test(arguments: [
        (#"{"payload":1,"payloadBase64":"AA=="}"#, "payloadBase64", "stands beside payload; give one"),
        (
            #"{"payload":1,"contentType":"text/plain"}"#, "payload",
            "must be a text where contentType is not JSON's"
        ),
        (#"{"payloadBase64":"A"}"#, "payloadBase64", "must be base64"),
    ])
    func `what contradicts itself is refused`(text: String, field: String, problem: String) {
        #expect(throws: FieldProblem(field: field, problem: problem)) { try read(text) }
    }
}
