package import JSONText
package import Orchestration
package import Waybill

extension MachineSpecification {
    /// What it has; its name stands apart, for it is `machine` where an event speaks of it.
    func write(to json: inout JSONWriter) {
        json.field("cpuMillis", cpuMillis)
        json.field("memoryMegabytes", memoryMegabytes, isUsual: memoryMegabytes == 0)
        json.field("gpuDevices", gpuDevices, isUsual: gpuDevices == 0)
        json.field("gpuModel", gpuModel, isUsual: gpuModel.isEmpty)
        json.field("labels", labels, isUsual: labels.isEmpty)
        json.field("attributes", attributes, isUsual: attributes.isEmpty)
    }

    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        try self.init(name: fields.requiredName("name"), &fields)
    }

    /// With the name that stands elsewhere.
    package init(name: Name, _ fields: inout JSONFields) throws(FieldProblem) {
        guard let cpuMillis = try fields.integer("cpuMillis", UInt64.self) else {
            throw fields.problem("cpuMillis", "is missing")
        }
        self.init(
            name: name,
            cpuMillis: cpuMillis,
            memoryMegabytes: try fields.integer("memoryMegabytes", UInt64.self) ?? 0,
            gpuDevices: try fields.integer("gpuDevices", UInt64.self) ?? 0,
            gpuModel: try fields.name("gpuModel") ?? "",
            labels: try fields.names("labels"),
            attributes: try fields.attributes("attributes")
        )
    }
}

extension MachineSummary: JSONListed {
    package static let listName = "machines"

    package func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("status", status.name)
        specification.write(to: &json)
        json.field("busy", isBusy)
        json.field("leases", leases)
        json.field("leasedCPUMillis", leasedCPUMillis)
    }
}
