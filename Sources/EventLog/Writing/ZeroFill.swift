/// Writes zeros ahead of the appends: an overwrite of written blocks syncs faster than one of new or only
/// allocated ones, for the file system's journal has nothing to record.
enum ZeroFill {
    private static let step = 1 << 20
    /// Shorter rests join the step before them, so that every pad has room for its header.
    private static let shortest = 4096

    /// Appends pads of up to ``step`` bytes, one write each, `count` bytes in all; returns the new end of the file.
    ///
    /// `began` is told where each pad's header is.
    static func append(
        _ disk: any LogFS,
        _ file: LogFile,
        named name: String,
        from start: UInt64,
        count: UInt64,
        began: (UInt64) -> Void
    ) throws(FSError) -> UInt64 {
        var zeros = [UInt8](repeating: 0, count: min(Int(count), step + shortest))
        var offset = start
        let end = start + max(count, UInt64(Pad.headerBytes))
        if zeros.count < Pad.headerBytes { zeros = [UInt8](repeating: 0, count: Pad.headerBytes) }
        while offset < end {
            let rest = Int(end - offset)
            let length = rest <= step + shortest ? rest : step
            // Unsafe only for the duration of the call: the array outlives it.
            try zeros.withUnsafeMutableBufferPointer { (bytes) throws(FSError) in
                let pad = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(bytes)[..<length]
                )
                Pad.encode(into: pad, total: UInt64(length))
                try disk.writeWhole(file, named: name, at: offset, UnsafeRawBufferPointer(pad))
            }
            began(offset)
            offset += UInt64(length)
        }
        return end
    }
}
