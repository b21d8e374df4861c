import HTTPTypes

/// The API's own description: for programs, and for people without the internet.
enum ContractRoutes {
    private static let tag = "Contract"

    private static let pages: [(path: String, contract: APIOperation)] = [
        (
            "/openapi.json",
            APIOperation(tag, "openapi", "This description, for programs")
                .answers(.init(200, "An OpenAPI 3.1 document", .object([], isOpen: true)))
        ),
        (
            "/docs",
            APIOperation(tag, "docs", "This description, for people")
                .answers(.init(200, "A page that needs nothing from elsewhere", .text(), contentType: html))
        ),
        (
            "/redoc",
            APIOperation(tag, "redoc", "The same page")
                .answers(.init(200, "A page that needs nothing from elsewhere", .text(), contentType: html))
        ),
    ]
    private static let html = "text/html; charset=utf-8"

    /// Describe what is served, and themselves.
    static func endpoints<Served>(of description: OpenAPI<Served>) -> [Endpoint<Served>] {
        var whole = description
        whole.endpoints += pages.map { page in Endpoint(.get, page.path, page.contract) { _ in Reply(.ok) } }
        let document = Reply.json(whole.bytes)
        let page = Reply.text(ContractPage(document: whole).text, html)
            .with(.contentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'")
        return pages.map { path, contract in
            var endpoint = Endpoint<Served>(.get, path, contract) { call in
                try call.query.finish()
                return path == "/openapi.json" ? document : page
            }
            endpoint.waitsForReads = false
            return endpoint
        }
    }
}
