import CZlib

/// Unpacks gzip members one after another (RFC 1952), checking each member's CRC-32 and length.
///
/// It is fed chunks and hands back what they held; it never holds more than one chunk and one window.
struct Inflater: ~Copyable {
    // Unsafe pointer: zlib keeps the stream's own address, so the stream may not move.
    private let stream: UnsafeMutablePointer<z_stream>
    /// False between members, where a file may end.
    private(set) var isInsideMember = true

    enum Failure: Error {
        case checksum
        case corrupt(String)
    }

    init() throws(Failure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 window bits, 16 more for "gzip wrapper only".
        let code = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        if code != Z_OK { throw .corrupt("zlib cannot start: \(code)") }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks all of `packed` and appends the result to `output`.
    mutating func inflate(_ packed: [UInt8], into output: inout [UInt8]) throws(Failure) {
        var offset = 0
        while offset < packed.count {
            if !isInsideMember {
                // Zero padding after the last member is allowed; anything else must be a new member.
                if packed[offset...].allSatisfy({ $0 == 0 }) { return }
                if packed[offset] != 0x1f { throw .corrupt("bytes that are not gzip follow the end") }
                inflateReset(stream)
                isInsideMember = true
            }
            offset = try step(packed, from: offset, into: &output)
        }
    }

    /// One call of zlib for each 64 KiB of output until the member or the input ends; the new offset.
    private mutating func step(
        _ packed: [UInt8],
        from start: Int,
        into output: inout [UInt8]
    ) throws(Failure) -> Int {
        var code = Z_OK
        var left = packed.count - start
        repeat {
            let before = packed.count - left
            var block = [UInt8](repeating: 0, count: 1 << 16)
            let stream = stream
            let room = block.count
            // Unsafe buffers: zlib reads and writes the arrays in place, within the counts given to it.
            let made: Int = packed.withUnsafeBufferPointer { input in
                block.withUnsafeMutableBufferPointer { target in
                    stream.pointee.next_in = UnsafeMutablePointer(
                        mutating: input.baseAddress?.advanced(by: before)
                    )
                    stream.pointee.avail_in = UInt32(left)
                    stream.pointee.next_out = target.baseAddress
                    stream.pointee.avail_out = UInt32(room)
                    code = CZlib.inflate(stream, Z_NO_FLUSH)
                    return room - Int(stream.pointee.avail_out)
                }
            }
            left = Int(stream.pointee.avail_in)
            output.append(contentsOf: block[..<made])
            if code == Z_STREAM_END {
                isInsideMember = false
            } else if code != Z_OK && code != Z_BUF_ERROR {
                throw failure(code)
            }
            if code == Z_STREAM_END || (left == 0 && made < room) { break }
        } while true
        return packed.count - left
    }

    private func failure(_ code: Int32) -> Failure {
        let message = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)"
        return message == "incorrect data check" || message == "incorrect length check"
            ? .checksum : .corrupt(message)
    }
}
