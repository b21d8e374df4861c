extension String {
    /// Whether a content type says that the bytes are JSON.
    package var isJSONType: Bool {
        let type = prefix { $0 != ";" }.lowercased().trimmingSuffix(" ")
        return type == "application/json" || type.hasSuffix("+json")
    }

    private func trimmingSuffix(_ character: Character) -> Substring {
        var text = self[...]
        while text.last == character { text.removeLast() }
        return text
    }
}
