extension State {
    /// A new machine, or new figures for a known one.
    ///
    /// Capacity below what is leased now is refused.
    func register(
        _ machine: MachineSpecification,
        isNew: Bool,
        _ builder: inout EventBuilder
    ) throws(Refusal) -> CommandResult {
        try limits.check(machine)
        var links = BackLinks()
        if let known = machines.find(machine.name) {
            if isNew { throw .machineExists(machine.name) }
            let leased = machines[known].leasedCPUMillis
            if machine.cpuMillis < leased {
                throw .invalid(field: "cpuMillis", problem: "is below the \(leased) that are leased")
            }
            links.machine = machines[known].lastSequence
        }
        builder.emit(.machineRegistered(machine), links)
        return .done
    }

    func setStatus(_ name: Name, _ status: MachineStatus, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        guard let machine = machines.find(name) else { throw .machineNotFound(name) }
        let links = BackLinks(machine: machines[machine].lastSequence)
        builder.emit(.machineStatusSet(name: name, status), links)
        return .done
    }

    mutating func applyRegistration(_ machine: MachineSpecification, _ event: Event) throws(ApplyError) {
        guard let known = machines.find(machine.name) else {
            guard event.links.machine == 0 else { throw event.contradiction("a new machine has no history") }
            machines.append(MachineRecord(specification: machine, lastSequence: event.sequence))
            return
        }
        try expectMachine(known, event)
        guard machines[known].leasedCPUMillis <= machine.cpuMillis else {
            throw event.contradiction("capacity below what is leased")
        }
        availability &+= 1
        machines[known].specification = machine
        machines[known].lastSequence = event.sequence
    }

    mutating func applyStatus(_ name: Name, _ status: MachineStatus, _ event: Event) throws(ApplyError) {
        guard let machine = machines.find(name) else {
            throw event.contradiction("machine \(name) is unknown")
        }
        try expectMachine(machine, event)
        availability &+= 1
        machines[machine].status = status
        machines[machine].lastSequence = event.sequence
    }

    private func expectMachine(_ machine: UInt32, _ event: Event) throws(ApplyError) {
        guard machines[machine].lastSequence == event.links.machine else {
            throw event.contradiction("the machine was last touched by \(machines[machine].lastSequence)")
        }
    }
}
