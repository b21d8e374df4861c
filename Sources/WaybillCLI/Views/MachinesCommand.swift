import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct MachinesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "machines",
        abstract: "Lists machines with their condition and what runs on them."
    )

    @OptionGroup var options: DataOptions

    struct Line: Encodable {
        let name: String
        let status: String
        let isBusy: Bool
        let cpuMillis: UInt64
        let leasedCpuMillis: UInt64
        let leases: Int

        init(_ machine: MachineSummary) {
            name = machine.name
            status = machine.status.name
            isBusy = machine.isBusy
            cpuMillis = machine.specification.cpuMillis
            leasedCpuMillis = machine.leasedCPUMillis
            leases = machine.leases
        }
    }

    struct Report: Encodable {
        let machines: [Line]
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let models = try await options.fold().models
            let machines = await models.machines.all().map(Line.init)
            if options.json { return try Output.json(Report(machines: machines)) }
            var table = Table(["NAME", "STATUS", "LEASES", "CPU LEASED", "CPU"], numeric: [2, 3, 4])
            for machine in machines {
                table.add([
                    machine.name, machine.status, String(machine.leases), String(machine.leasedCpuMillis),
                    String(machine.cpuMillis),
                ])
            }
            table.print()
        }
    }
}
