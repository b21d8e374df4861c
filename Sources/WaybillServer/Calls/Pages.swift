import WaybillJSON

/// How much of a list one answer holds.
enum Pages {
    static let usual = 100
    static let longest = 1000
}

extension Query {
    mutating func limit() throws(Problem) -> Int {
        try integer("limit", in: 1...Pages.longest) ?? Pages.usual
    }
}

extension APIOperation.Parameter {
    static let limit = APIOperation.Parameter(
        "limit",
        .integer(1...Int64(Pages.longest)),
        "Items of the answer at most; \(Pages.usual) where nothing is said"
    )

    static func cursor(_ schema: Schema = .text(isEmptyAllowed: false)) -> APIOperation.Parameter {
        APIOperation.Parameter("cursor", schema, "The `next` of the page before")
    }
}
