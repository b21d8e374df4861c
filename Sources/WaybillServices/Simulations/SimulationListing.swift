import HTTPTypes
import Waybill
import WaybillHTTP

/// Which simulations a client wants listed, and how.
struct SimulationListing: Sendable {
    enum Order: String, CaseIterable {
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case id

        static let names = allCases.map(\.rawValue)
    }

    enum Direction: String, CaseIterable {
        case asc, desc

        static let names = allCases.map(\.rawValue)
    }

    static let mostSkipped = 100_000
    static let mostListed = 1000

    var status: SimulationStatus?
    private var machine: UInt64?
    private var order: Order
    private var direction: Direction
    private var skip: Int
    private var limit: Int

    init(_ query: inout Query) throws(Problem) {
        status = try query.choice("status", SimulationStatus.allCases, \.rawValue)
        machine = try query.integer("machine_id", in: 1...UInt64.max)
        order = try query.choice("order_by", Order.allCases, \.rawValue) ?? .createdAt
        direction = try query.choice("order", Direction.allCases, \.rawValue) ?? .asc
        skip = try query.integer("skip", in: 0...Self.mostSkipped) ?? 0
        limit = try query.integer("limit", in: 1...Self.mostListed) ?? 100
    }

    /// The tag by which the simulations that are pinned to a machine are found.
    static func tag(_ machine: UInt64) -> Name { "machine-\(machine)" }

    private var filter: JobFilter {
        JobFilter(
            states: status?.states ?? [],
            queue: SimulationRoutes.queue,
            kind: SimulationRoutes.kind,
            tag: machine.map(Self.tag)
        )
    }

    func jobs(_ engine: Engine) async throws -> [JobID] {
        switch order {
        // Numbers are given in the order of creation.
        case .createdAt, .id: await byCreation(engine)
        case .updatedAt: try await byChange(engine)
        }
    }

    /// Page by page, so that passing over many holds up nobody.
    private func byCreation(_ engine: Engine) async -> [JobID] {
        let order: JobOrder = direction == .asc ? .oldestFirst : .newestFirst
        var cursor: JobID?
        var left = skip
        while left > 0 {
            let wanted = min(left, Self.mostListed)
            let page = await engine.jobs.page(filter, order: order, after: cursor, limit: wanted)
            guard page.count == wanted, let last = page.last else { return [] }
            cursor = last.id
            left -= wanted
        }
        return await engine.jobs.page(filter, order: order, after: cursor, limit: limit).map(\.id)
    }

    private func byChange(_ engine: Engine) async throws -> [JobID] {
        let order: ChangeOrder = direction == .asc ? .longestUnchangedFirst : .lastChangedFirst
        let page = await engine.jobs.page(filter, by: order, limit: skip + limit)
        guard let page else {
            throw Problem(
                .unprocessableContent,
                "tooMany",
                "too many simulations to order; narrow the filter"
            )
        }
        return page.dropFirst(skip).map(\.id)
    }
}
