/// How much of a list one answer holds.
package enum Pages {
    package static let usual = 100
    package static let longest = 1000
}

extension Query {
    package mutating func limit() throws(Problem) -> Int {
        try integer("limit", in: 1...Pages.longest) ?? Pages.usual
    }
}

extension APIOperation.Parameter {
    package static let limit = APIOperation.Parameter(
        "limit",
        .integer(1...Int64(Pages.longest)),
        "Items of the answer at most; \(Pages.usual) where nothing is said"
    )

    package static func cursor(_ schema: Schema = .text(isEmptyAllowed: false)) -> APIOperation.Parameter {
        APIOperation.Parameter("cursor", schema, "The `next` of the page before")
    }
}
