package import Crypto
public import Orchestration

extension State {
    /// SHA-256 over the canonical serialisation, in hexadecimal: equal states have equal digests, on any machine.
    public var digest: String {
        var hash = SHA256()
        canonicalForm { hash.update(bufferPointer: $0) }
        return hash.finalize().hexadecimal
    }
}

extension SHA256Digest {
    /// Two lower-case digits a byte.
    package var hexadecimal: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
