/// A plain JSON list of documents.
enum JSONList {
    static func of(_ documents: some Sequence<[UInt8]>) -> [UInt8] {
        var bytes: [UInt8] = [0x5b]
        append(documents, to: &bytes, isFirst: true)
        bytes.append(0x5d)
        return bytes
    }

    /// Documents with commas before those that aren't the first.
    static func append(_ documents: some Sequence<[UInt8]>, to bytes: inout [UInt8], isFirst: Bool) {
        var isFirst = isFirst
        for document in documents {
            if !isFirst { bytes.append(0x2c) }
            isFirst = false
            bytes += document
        }
    }
}
