extension WireReader {
    mutating func machine() throws(CodecError) -> MachineSpecification {
        var machine = MachineSpecification(name: "", cpuMillis: 0)
        while try next() {
            switch field {
            case 1: machine.name = try name()
            case 2: machine.cpuMillis = try uint()
            case 3: machine.memoryMegabytes = try uint()
            case 4: machine.gpuDevices = try uint()
            case 5: machine.gpuModel = try name()
            case 6: machine.labels.append(try name())
            case 7: try pair(into: &machine.attributes)
            default: try skip()
            }
        }
        return machine
    }

    mutating func machineStatus() throws(CodecError) -> Event.Body {
        var machine: Name = ""
        var status: MachineStatus?
        while try next() {
            switch field {
            case 1: machine = try name()
            case 2: status = try choice(MachineStatus.self)
            default: try skip()
            }
        }
        guard let status else { throw .malformed(offset: at, problem: "no status") }
        return .machineStatusSet(name: machine, status)
    }

    /// One entry of a map.
    mutating func pair(into map: inout [Name: String]) throws(CodecError) {
        var message = try message()
        var key: Name = ""
        var value = ""
        while try message.next() {
            switch message.field {
            case 1: key = try message.name()
            case 2: value = try message.text()
            default: try message.skip()
            }
        }
        map[key] = value
    }
}
