// Bytes in memory of the objects that a value refers to; its own place belongs to whoever holds it. Bounds of what waits and
// of what is kept count them.

/// An object of so many bytes: a header of 16 or 32, and what the allocator rounds up to.
func heapBytes(_ bytes: Int) -> Int { bytes + 56 }

extension CommandContext {
    package var memoryBytes: Int {
        // Two names, two texts and three numbers, each of which may be none.
        heapBytes(128) + actor.memoryBytes + (idempotencyKey?.memoryBytes ?? 0) + (reason?.memoryBytes ?? 0)
            + (traceparent?.memoryBytes ?? 0)
    }
}

extension JobSpecification {
    package var memoryBytes: Int {
        let (basics, terms) = (storage.basics, storage.terms)
        return heapBytes(MemoryLayout<Basics>.stride + 8) + basics.kind.memoryBytes + basics.queue.memoryBytes
            + basics.payload.memoryBytes + basics.contentType.memoryBytes + basics.tags.deepBytes
            + basics.attributes.memoryBytes + (basics.uniqueKey?.memoryBytes ?? 0)
            + (terms === JobTerms.standard ? 0 : terms.values.memoryBytes)
    }
}

extension JobTerms.Values {
    fileprivate var memoryBytes: Int {
        heapBytes(MemoryLayout<Self>.stride) + (concurrencyKey?.memoryBytes ?? 0)
            + (fairnessKey?.memoryBytes ?? 0)
            + (source?.memoryBytes ?? 0) + requirements.memoryBytes + retry.nonRetryable.deepBytes
            + after.memoryBytes
    }
}

extension Requirements {
    fileprivate var memoryBytes: Int {
        gpuModels.deepBytes + labels.deepBytes + (machine?.memoryBytes ?? 0)
    }
}

extension JobChange {
    package var memoryBytes: Int {
        (tags?.deepBytes ?? 0) + (attributes?.memoryBytes ?? 0) + (requirements?.memoryBytes ?? 0)
    }
}

extension Payload {
    package var memoryBytes: Int { bytes.memoryBytes + contentType.memoryBytes }
}

extension Failure {
    package var memoryBytes: Int { type.memoryBytes + message.memoryBytes }
}

extension WorkerSpecification {
    package var memoryBytes: Int {
        name.memoryBytes + queues.deepBytes + kinds.deepBytes + labels.deepBytes
    }
}

extension MachineSpecification {
    package var memoryBytes: Int {
        name.memoryBytes + gpuModel.memoryBytes + labels.deepBytes + attributes.memoryBytes
    }
}

extension String {
    /// Texts of up to 15 bytes lie in their place.
    package var memoryBytes: Int { utf8.count > 15 ? heapBytes(utf8.count) : 0 }
}

extension Name {
    package var memoryBytes: Int { text.memoryBytes }
}

extension Array {
    /// Of elements that refer to nothing.
    package var memoryBytes: Int { isEmpty ? 0 : heapBytes(count * MemoryLayout<Element>.stride) }
}

extension [Name] {
    package var deepBytes: Int { reduce(memoryBytes) { $0 + $1.memoryBytes } }
}

extension [Name: String] {
    package var memoryBytes: Int {
        // A table of a power of two of places, at least three eighths of which are taken.
        isEmpty ? 0 : reduce(heapBytes(96 + count * 88)) { $0 + $1.key.memoryBytes + $1.value.memoryBytes }
    }
}
