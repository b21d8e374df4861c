import Orchestration

/// Workers, queues and machines.
extension Oracle {
    func register(_ worker: WorkerSpecification) throws(Refusal) {
        try refuseVersion()
        try check(name: worker.name, "name")
        if worker.slots == 0 { throw invalid("slots") }
        emit(.workerRegistered(worker))
        workers[worker.name] = OracleWorker(specification: worker)
    }

    func drain(_ name: Name) throws(Refusal) {
        try refuseVersion()
        guard let worker = workers[name] else { throw .workerNotFound(name) }
        if worker.isDraining { return }
        emit(.workerDrained(name: name))
        workers[name]?.isDraining = true
    }

    func configure(_ queue: QueueSpecification) throws(Refusal) {
        try refuseVersion()
        try check(queue)
        emit(.queueConfigured(queue))
        if queues[queue.name] == nil {
            queues[queue.name] = OracleQueue(specification: queue)
        } else {
            queues[queue.name]?.reconfigure(queue, at: now)
        }
    }

    func setStatus(queue name: Name, _ status: QueueStatus) throws(Refusal) {
        try refuseVersion()
        guard let queue = queues[name] else { throw .queueUnknown(name) }
        if queue.status == status { return }
        emit(.queueStatusSet(name: name, status))
        queues[name]?.status = status
    }

    func register(_ machine: MachineSpecification, isNew: Bool) throws(Refusal) {
        try refuseVersion()
        try check(name: machine.name, "name")
        if isNew, machines[machine.name] != nil { throw .machineExists(machine.name) }
        if machine.cpuMillis < leasedMillis(machine.name) { throw invalid("cpuMillis") }
        emit(.machineRegistered(machine))
        if machines[machine.name] == nil {
            machines[machine.name] = OracleMachine(specification: machine)
        } else {
            machines[machine.name]?.specification = machine
        }
    }

    func setStatus(machine name: Name, _ status: MachineStatus) throws(Refusal) {
        try refuseVersion()
        guard machines[name] != nil else { throw .machineNotFound(name) }
        emit(.machineStatusSet(name: name, status))
        machines[name]?.status = status
    }
}
