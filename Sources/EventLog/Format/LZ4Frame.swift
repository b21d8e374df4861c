private import CLZ4

/// One batch as one LZ4 frame, with content size and content checksum, through liblz4's frame interface.
enum LZ4Frame {
    private static func preferences(_ rawBytes: Int) -> LZ4F_preferences_t {
        var preferences = LZ4F_preferences_t()
        preferences.frameInfo.blockSizeID = LZ4F_max4MB
        // Independent blocks: linked ones would make the library allocate for every frame of several blocks.
        preferences.frameInfo.blockMode = LZ4F_blockIndependent
        preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled
        preferences.frameInfo.contentSize = UInt64(rawBytes)
        preferences.autoFlush = 1
        return preferences
    }

    /// Most bytes that a frame over `rawBytes` bytes takes.
    static func bound(_ rawBytes: Int) -> Int {
        var preferences = preferences(rawBytes)
        return LZ4F_compressFrameBound(rawBytes, &preferences)
    }

    /// Compresses into `target`, which has at least ``bound(_:)`` bytes; returns the frame's length.
    static func compress(_ raw: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) -> Int {
        var preferences = preferences(raw.count)
        let count = LZ4F_compressFrame(
            target.baseAddress,
            target.count,
            raw.baseAddress,
            raw.count,
            &preferences
        )
        precondition(LZ4F_isError(count) == 0, "liblz4 fails only when the target is smaller than its bound")
        return count
    }
}

/// Decompresses frames, keeping liblz4's context between them.
final class FrameDecompressor {
    private var context: OpaquePointer?

    deinit {
        LZ4F_freeDecompressionContext(context)
    }

    /// The raw bytes; nil unless the frame is whole, is exactly `rawBytes` long inside and its checksum is right.
    func decompress(_ frame: UnsafeRawBufferPointer, rawBytes: Int) -> [UInt8]? {
        if context == nil, LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) != 0
        {
            return nil
        }
        var isWhole = false
        // Unsafe buffers: LZ4 reads and writes in place, within the counts given to it.
        let raw = [UInt8](unsafeUninitializedCapacity: rawBytes) { target, count in
            var source = frame
            repeat {
                var taken = source.count
                var given = target.count - count
                let rest = target.baseAddress.map { $0 + count }
                let hint = LZ4F_decompress(context, rest, &given, source.baseAddress, &taken, nil)
                count += given
                source = UnsafeRawBufferPointer(rebasing: source[taken...])
                if LZ4F_isError(hint) != 0 || (taken == 0 && given == 0) { break }
                isWhole = hint == 0 && source.isEmpty && count == rawBytes
                if hint == 0 { break }
            } while !source.isEmpty
        }
        if !isWhole { LZ4F_resetDecompressionContext(context) }
        return isWhole ? raw : nil
    }
}
