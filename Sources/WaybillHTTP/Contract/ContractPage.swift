import HTTPTypes
import JSONText

/// The API's description as one page of plain HTML: no script, nothing fetched.
struct ContractPage<Served: Backend> {
    let document: OpenAPI<Served>

    var text: String {
        let chapters = document.tags.map { tag in
            "<section id=\"\(anchor(tag))\"><h2>\(escaped(tag))</h2>"
                + document.endpoints.filter { $0.contract.tag == tag }.map(operation).joined() + "</section>"
        }
        let contents = document.tags.map { "<a href=\"#\(anchor($0))\">\(escaped($0))</a>" }.joined(
            separator: " "
        )
        let shapes = document.schemas.map { name, schema in
            "<details id=\"shape-\(name)\"><summary><code>\(name)</code></summary><pre>\(json(schema))</pre></details>"
        }
        return """
            <!doctype html><html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(escaped(document.title))</title>
            <style>\(ContractStyle.css)</style></head><body><main><h1>\(escaped(document.title))</h1>
            <p>\(escaped(document.introduction))</p>
            <p>For programs: <a href="/openapi.json">/openapi.json</a></p><nav>\(contents)
            <a href="#shapes">Shapes</a></nav>
            \(chapters.joined(separator: "\n"))
            <section id="shapes"><h2>Shapes</h2>\(shapes.joined(separator: "\n"))</section></main></body></html>

            """
    }

    private func operation(_ endpoint: Endpoint<Served>) -> String {
        let contract = endpoint.contract
        let method = endpoint.method.rawValue
        var text = "<details id=\"\(contract.id)\"><summary><b class=\"\(method)\">\(method)</b> "
        text += "<code>\(escaped(endpoint.path))</code> \(escaped(contract.summary))</summary>"
        if let note = contract.note { text += "<p>\(escaped(note))</p>" }
        let rows = endpoint.parameters.map { parameter in
            "<tr><td><code>\(escaped(parameter.name))</code></td><td>\(parameter.place)</td>"
                + "<td>\(escaped(parameter.note ?? ""))</td><td><code>\(json(parameter.schema))</code></td></tr>"
        }
        text +=
            "<table><tr><th>Parameter</th><th>In</th><th>What</th><th>Shape</th></tr>\(rows.joined())</table>"
        if let body = contract.body {
            text +=
                "<h4>Body\(body.isRequired ? "" : " (may be left out)")</h4><pre>\(json(body.schema))</pre>"
        }
        for answer in contract.answers {
            text += "<h4>\(answer.status) \(escaped(answer.note))</h4>"
            if let schema = answer.schema { text += "<pre>\(json(schema))</pre>" }
        }
        return text + "</details>"
    }

    private func json(_ schema: Schema) -> String {
        var json = JSONWriter()
        schema.write(to: &json)
        return escaped(indented(String(decoding: json.finish(), as: UTF8.self)))
    }

    /// Line breaks and blanks where the nesting of a compact JSON text changes.
    private func indented(_ text: String) -> String {
        guard text.utf8.count > 80 else { return text }
        var result = ""
        var depth = 0
        var isInText = false
        var previous: Character = " "
        for character in text {
            if character == "\"", previous != "\\" { isInText.toggle() }
            previous = character
            guard !isInText else {
                result.append(character)
                continue
            }
            switch character {
            case "{", "[":
                depth += 1
                result += "\(character)\n" + String(repeating: "  ", count: depth)
            case "}", "]":
                depth -= 1
                result += "\n" + String(repeating: "  ", count: depth) + "\(character)"
            case ",": result += ",\n" + String(repeating: "  ", count: depth)
            case ":": result += ": "
            default: result.append(character)
            }
        }
        return result
    }

    private func anchor(_ tag: String) -> String {
        String(tag.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" })
    }

    private func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}

private enum ContractStyle {
    static let css = """
        body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}main{max-width:60rem;
        margin:auto;padding:1rem}nav a{margin-right:.8rem}summary{cursor:pointer;padding:.35rem 0;overflow-wrap:anywhere}
        details{border-bottom:1px solid #ddd}pre,code{font:13px/1.45 ui-monospace,monospace}pre{background:#f5f5f5;
        padding:.6rem;overflow:auto;white-space:pre-wrap}table{border-collapse:collapse;font-size:14px}td,th{
        border:1px solid #ddd;padding:.2rem .5rem;text-align:left;vertical-align:top}b{display:inline-block;
        min-width:4.2rem}.GET{color:#0a6}.POST{color:#06c}.PUT,.PATCH{color:#a50}.DELETE{color:#c22}
        @media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}pre{background:#222}a{color:#8bf}
        td,th,details{border-color:#444}}
        """
}
