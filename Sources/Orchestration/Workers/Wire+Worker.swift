extension WireWriter {
    mutating func worker(_ worker: WorkerSpecification) {
        name(1, worker.name)
        uint(2, UInt64(worker.slots))
        names(3, worker.queues)
        names(4, worker.kinds)
        names(5, worker.labels)
    }
}

extension WireReader {
    mutating func worker() throws(CodecError) -> WorkerSpecification {
        var worker = WorkerSpecification(name: "", slots: 0)
        while try next() {
            switch field {
            case 1: worker.name = try name()
            case 2: worker.slots = try uint32()
            case 3: worker.queues.append(try name())
            case 4: worker.kinds.append(try name())
            case 5: worker.labels.append(try name())
            default: try skip()
            }
        }
        return worker
    }

    mutating func workerName() throws(CodecError) -> Name {
        var worker: Name = ""
        while try next() {
            if field == 1 { worker = try name() } else { try skip() }
        }
        return worker
    }
}
