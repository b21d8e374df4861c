import HTTPTypes

/// What an operation promises: the part of it that stands in the API's document.
struct APIOperation: Sendable {
    /// A parameter of the query or a header field.
    struct Parameter: Sendable {
        let name: String
        let schema: Schema
        let note: String
        let isHeader: Bool

        init(_ name: String, _ schema: Schema, _ note: String, isHeader: Bool = false) {
            self.name = name
            self.schema = schema
            self.note = note
            self.isHeader = isHeader
        }
    }

    /// What an answer with a status holds; problems needn't be named, every operation may answer with one.
    struct Answer: Sendable {
        let status: Int
        let note: String
        let schema: Schema?
        let contentType: String

        init(_ status: Int, _ note: String, _ schema: Schema? = nil, contentType: String = "application/json")
        {
            self.status = status
            self.note = note
            self.schema = schema
            self.contentType = contentType
        }
    }

    /// The body that a request carries.
    struct Body: Sendable {
        let schema: Schema
        let isRequired: Bool
    }

    /// The chapter of the document.
    let tag: String
    /// Unique in the document, such as `createJob`.
    let id: String
    let summary: String
    var note: String?
    /// What the numbers and texts in the path are; a job's number where nothing is said.
    var path: [String: Schema] = [:]
    var query: [Parameter] = []
    var body: Body?
    var answers: [Answer] = []

    init(_ tag: String, _ id: String, _ summary: String, _ note: String? = nil) {
        self.tag = tag
        self.id = id
        self.summary = summary
        self.note = note
    }

    func path(_ name: String, _ schema: Schema) -> APIOperation {
        var contract = self
        contract.path[name] = schema
        return contract
    }

    func query(_ parameters: Parameter...) -> APIOperation {
        var contract = self
        contract.query += parameters
        return contract
    }

    func body(_ schema: Schema, isRequired: Bool = true) -> APIOperation {
        var contract = self
        contract.body = Body(schema: schema, isRequired: isRequired)
        return contract
    }

    func answers(_ answers: Answer...) -> APIOperation {
        var contract = self
        contract.answers += answers
        return contract
    }
}
