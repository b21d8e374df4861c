import CChecksum

/// Gives a changed segment header a right checksum again, as its format says: CRC-32C over the frame's offset, its
/// prefix and its fields.
func resealSegmentHeader(_ segment: inout [UInt8]) {
    let frame = Array(segment[11..<104])
    let offset: [UInt8] = [11, 0, 0, 0, 0, 0, 0, 0]
    var crc = waybill_crc32c(0, offset, 8)
    crc = waybill_crc32c(crc, frame, 8)
    let fields = Array(frame[12...])
    crc = waybill_crc32c(crc, fields, fields.count)
    for byte in 0..<4 { segment[11 + 8 + byte] = UInt8(truncatingIfNeeded: crc >> (8 * UInt32(byte))) }
}
