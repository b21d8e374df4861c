import WaybillHTTP
import WaybillServer

/// The shapes of simulations.
enum SimulationSchemas {
    static let all: [NamedSchema] = [
        ("Simulation", .object(properties)),
        (
            "DetailedSimulation",
            .object(properties + [.required("machine", .optional(.named("SimulationMachine")))])
        ),
        ("NewSimulation", creation),
        ("SimulationUpdate", update),
    ]

    private static let properties: [Schema.Property] = [
        .required("id", .natural(from: 1)),
        .required("name", .text()),
        .required("status", .choice(SimulationStatus.names)),
        .required("machine_id", .optional(.natural(from: 1)), "The machine that it is to run on, if any"),
        .required("created_at", .dateTime),
        .required("updated_at", .dateTime, "When its status last changed"),
        .required("outcome", .optional(.choice(SimulationOutcome.names)), "How it ended; null until then"),
    ]

    private static let creation = Schema.object(
        [
            .required("name", .title),
            .optional("machine_id", .optional(.natural(from: 1))),
            .optional("status", .optional(.choice([SimulationStatus.pending.rawValue]))),
        ],
        isOpen: true
    )

    private static let update = Schema.object(
        [
            .optional("name", .optional(.title), "Null leaves it as it is"),
            .optional("status", .optional(.choice(SimulationStatus.names)), "Null leaves it as it is"),
            .optional("machine_id", .optional(.natural(from: 1)), "Null lets it run anywhere"),
        ],
        isOpen: true
    )
}
