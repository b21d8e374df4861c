extension WireWriter {
    mutating func worker(_ worker: WorkerSpecification) {
        text(1, worker.name)
        uint(2, UInt64(worker.slots))
        texts(3, worker.queues)
        texts(4, worker.kinds)
        texts(5, worker.labels)
    }
}

extension WireReader {
    mutating func worker() throws(CodecError) -> WorkerSpecification {
        var worker = WorkerSpecification(name: "", slots: 0)
        while try next() {
            switch field {
            case 1: worker.name = try text()
            case 2: worker.slots = try uint32()
            case 3: worker.queues.append(try text())
            case 4: worker.kinds.append(try text())
            case 5: worker.labels.append(try text())
            default: try skip()
            }
        }
        return worker
    }

    mutating func workerName() throws(CodecError) -> String {
        var name = ""
        while try next() {
            if field == 1 { name = try text() } else { try skip() }
        }
        return name
    }
}
