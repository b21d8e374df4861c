/// What an operation promises: the part of it that stands in the API's document.
package struct APIOperation: Sendable {
    /// A parameter of the query or a header field.
    package struct Parameter: Sendable {
        package let name: String
        package let schema: Schema
        package let note: String
        package let isHeader: Bool

        package init(_ name: String, _ schema: Schema, _ note: String, isHeader: Bool = false) {
            self.name = name
            self.schema = schema
            self.note = note
            self.isHeader = isHeader
        }
    }

    /// What an answer with a status holds; problems needn't be named, every operation may answer with one.
    package struct Answer: Sendable {
        package let status: Int
        package let note: String
        package let schema: Schema?
        package let contentType: String

        package init(
            _ status: Int,
            _ note: String,
            _ schema: Schema? = nil,
            contentType: String = "application/json"
        ) {
            self.status = status
            self.note = note
            self.schema = schema
            self.contentType = contentType
        }
    }

    /// The body that a request carries.
    package struct Body: Sendable {
        package let schema: Schema
        package let isRequired: Bool
    }

    /// The chapter of the document.
    package let tag: String
    /// Unique in the document, such as `createJob`.
    package let id: String
    package let summary: String
    package var note: String?
    /// What the numbers and texts in the path are; a job's number where nothing is said.
    package var path: [String: Schema] = [:]
    package var query: [Parameter] = []
    package var body: Body?
    package var answers: [Answer] = []
    /// What the request calls a field that problems name otherwise, such as `ids` for `jobs`.
    package var names: [String: String] = [:]
    /// The name of what is no field, but all that the body says.
    package static let wholeBody = ""

    package init(_ tag: String, _ id: String, _ summary: String, _ note: String? = nil) {
        self.tag = tag
        self.id = id
        self.summary = summary
        self.note = note
    }

    package func path(_ name: String, _ schema: Schema) -> APIOperation {
        var contract = self
        contract.path[name] = schema
        return contract
    }

    package func query(_ parameters: Parameter...) -> APIOperation {
        var contract = self
        contract.query += parameters
        return contract
    }

    package func body(_ schema: Schema, isRequired: Bool = true) -> APIOperation {
        var contract = self
        contract.body = Body(schema: schema, isRequired: isRequired)
        return contract
    }

    /// - Parameter names: What the request calls fields that problems name otherwise; those that its body has under
    ///   their own names keep them.
    package func naming(_ names: [String: String]) -> APIOperation {
        var contract = self
        contract.names.merge(names) { $1 }
        return contract
    }

    package func answers(_ answers: Answer...) -> APIOperation {
        var contract = self
        contract.answers += answers
        return contract
    }
}
