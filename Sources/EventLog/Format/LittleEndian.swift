/// Little-endian fields at any byte offset, bounds-checked: callers check lengths before they read a field.
extension UnsafeRawBufferPointer {
    func field<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value {
        precondition(offset >= 0 && offset + MemoryLayout<Value>.size <= count, "a field lies in its frame")
        return Value(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }
}

extension UnsafeMutableRawBufferPointer {
    func setField<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value, at offset: Int) {
        precondition(offset >= 0 && offset + MemoryLayout<Value>.size <= count, "a field lies in its frame")
        storeBytes(of: value.littleEndian, toByteOffset: offset, as: Value.self)
    }

    func zero() {
        initializeMemory(as: UInt8.self, repeating: 0)
    }
}
