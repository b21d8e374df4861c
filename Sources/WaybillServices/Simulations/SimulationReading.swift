import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// Simulations, one by one and listed.
enum SimulationReading {
    static let endpoints: [EngineEndpoint] = [list, show, showDetailed]

    private static let show = EngineEndpoint(
        .get,
        "/simulations/{id}",
        APIOperation("Simulations", "getSimulation", "Show a simulation").answers(
            .init(200, "The simulation", .named("Simulation")),
            .init(304, "The client has this version")
        )
    ) { call in
        let detail = try await call.engine.simulation(try call.job())
        let simulation = Simulation(detail, try await MachineDirectory(call.engine))
        return Reply.json(simulation).tagged(detail.version)
    }

    private static let showDetailed = EngineEndpoint(
        .get,
        "/simulations/{id}/detailed",
        APIOperation("Simulations", "getDetailedSimulation", "Show a simulation with its machine").answers(
            .init(200, "The simulation and the machine that it is to run on", .named("DetailedSimulation")),
            .init(304, "The client has it like this")
        )
    ) { call in
        let detail = try await call.engine.simulation(try call.job())
        let roll = try await MachineDirectory(call.engine)
        var detailed = DetailedSimulation(simulation: Simulation(detail, roll))
        if let number = detailed.simulation.machine, let machine = roll[number] {
            detailed.machine = await SimulationMachine(number, machine, call.engine)
        }
        return Reply.json(detailed).taggedByContent()
    }

    private static let list = EngineEndpoint(
        .get,
        "/simulations/",
        APIOperation(
            "Simulations",
            "listSimulations",
            "List simulations",
            "In the order of their creation unless order_by says otherwise. Whatever changes between two pages may be "
                + "seen twice or not at all."
        )
        .query(
            .init("status", .choice(SimulationStatus.names), "Only those with this status"),
            .init("machine_id", .natural(from: 1), "Only those that are to run on this machine"),
            .init("order_by", .choice(SimulationListing.Order.names), "created_at where nothing is said"),
            .init("order", .choice(SimulationListing.Direction.names), "asc where nothing is said"),
            .init("skip", .integer(0...Int64(SimulationListing.mostSkipped)), "How many to pass over; 0"),
            .init("limit", .integer(1...Int64(SimulationListing.mostListed)), "How many at most; 100")
        )
        .answers(.init(200, "The simulations", .list(.named("Simulation"))))
    ) { call in
        let listing = try SimulationListing(&call.query)
        let roll = try await MachineDirectory(call.engine)
        let simulations = JobList(try await listing.jobs(call.engine), call.engine) { detail in
            let simulation = Simulation(detail, roll)
            // What has moved on since it was found is not shown against the filter.
            return listing.status == nil || listing.status == simulation.status ? simulation : nil
        }
        return try await simulations.reply()
    }
}
