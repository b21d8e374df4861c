/// Payloads that can be made again from their number: half text that compresses, half noise that does not.
package enum Payloads {
    package static func payload(_ number: UInt64, bytes: Int, seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed ^ number &* 0x9E37_79B9_7F4A_7C15)
        let isText = random.oneIn(2)
        // Unsafe: fills exactly `bytes` bytes word by word; byte-wise appends are slow in a debug build.
        return [UInt8](unsafeUninitializedCapacity: bytes) { target, count in
            var place = 0
            while place < bytes {
                var word = random.next()
                if isText { word = (word & 0x0707_0707_0707_0707) | 0x6060_6060_6060_6060 }
                for shift in 0..<min(8, bytes - place) {
                    target[place + shift] = UInt8(truncatingIfNeeded: word >> (8 * UInt64(shift)))
                }
                place += 8
            }
            count = bytes
        }
    }
}
