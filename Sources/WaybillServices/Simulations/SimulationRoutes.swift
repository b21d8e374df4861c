import Waybill
import WaybillHTTP
import WaybillServer

/// The simulation service's own paths, states and fields over the engine's jobs and machines.
///
/// A simulation is a job of a kind and in a queue of its own, so that no other service's workers get it.
enum SimulationRoutes {
    static let kind: Name = "simulation"
    static let queue: Name = "simulations"
    /// The convergence curve.
    static let series: Name = "loss"
    /// Who holds the simulations that clients start; without a registration it has no limit of slots.
    static let worker: Name = "simulations"

    static let endpoints: [EngineEndpoint] =
        SimulationReading.endpoints + [
            SimulationCreation.create, SimulationCreation.createAgain, SimulationUpdate.endpoint,
            SimulationDeletion.endpoint,
        ] + SimulationMachineRoutes.endpoints + ConvergenceAddition.endpoints + ConvergenceReading.endpoints
        + [ConvergenceSocket.endpoint]

    static let schemas: [NamedSchema] =
        SimulationSchemas.all + SimulationMachineSchemas.all + ConvergenceSchemas.all
}

extension RouteGroup {
    static let simulations = RouteGroup(
        SimulationRoutes.endpoints,
        SimulationRoutes.schemas,
        webSockets: { engine, limit in [ConvergenceSocket.route(engine, limit)] }
    )
}
