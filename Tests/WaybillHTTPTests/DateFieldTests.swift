import Testing

@testable import WaybillHTTP

/// The date of answers.
struct DateFieldTests {
    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    ])
    func `a moment as HTTP writes it`(second: Int64, text: String) {
        #expect(DateField.text(second) == text)
    }
}
