import CLZ4

/// Decodes concatenated LZ4 frames with the system's liblz4, as `cat seg-*.lz4 | lz4 -dc` does.
///
/// An independent reader of the log: it knows nothing of our headers, skips skippable frames, checks the frames'
/// own content sizes and checksums, and refuses anything else between or after frames.
package final class StandardDecoder {
    package enum Failure: Error, Equatable {
        /// What liblz4 returned: the negated number of its error.
        case library(code: Int)
        case outOfMemory
        /// The input ends inside a frame.
        case truncated
    }

    // liblz4 owns what it points to until deinit gives it back.
    private var context: OpaquePointer?
    private var output = [UInt8](repeating: 0, count: 64 << 10)

    package init() throws(Failure) {
        guard LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION)) == 0 else {
            throw Failure.outOfMemory
        }
    }

    deinit {
        LZ4F_freeDecompressionContext(context)
    }

    /// The content of all frames, one after the other.
    package func decode(_ input: [UInt8]) throws(Failure) -> [UInt8] {
        LZ4F_resetDecompressionContext(context)
        var decoded: [UInt8] = []
        var position = 0
        var hint = 0
        while position < input.count {
            (position, hint) = try step(input, from: position, into: &decoded)
        }
        // Zero after a frame's last byte; anything else is what the next call would want to read.
        if hint != 0 { throw Failure.truncated }
        return decoded
    }

    private func step(
        _ input: [UInt8],
        from position: Int,
        into decoded: inout [UInt8]
    ) throws(Failure) -> (position: Int, hint: Int) {
        var produced = output.count
        var consumed = input.count - position
        // Unsafe: the library reads and writes within the two counts, which are those of the arrays.
        let hint = input.withUnsafeBytes { source in
            output.withUnsafeMutableBytes { target in
                LZ4F_decompress(
                    context,
                    target.baseAddress,
                    &produced,
                    source.baseAddress?.advanced(by: position),
                    &consumed,
                    nil
                )
            }
        }
        if LZ4F_isError(hint) != 0 { throw Failure.library(code: hint) }
        if consumed == 0 && produced == 0 { throw Failure.truncated }
        decoded.append(contentsOf: output[..<produced])
        return (position + consumed, hint)
    }
}
