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

    @concurrent
    func run() async throws {
        try await reporting {
            let models = try await options.fold().models
            let machines = await models.machines.all()
            if options.json { return Output.json(JSONPage(machines, next: Name?.none)) }
            var table = Table(["NAME", "STATUS", "LEASES", "LEASED CPU", "CPU"], numeric: [2, 3, 4])
            for machine in machines {
                table.add([
                    machine.name.text, machine.status.name, String(machine.leases),
                    String(machine.leasedCPUMillis),
                    String(machine.specification.cpuMillis),
                ])
            }
            table.print()
        }
    }
}
