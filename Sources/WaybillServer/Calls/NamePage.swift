import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// A page of a list in the order of names: `next` is the name of its last item.
struct NamePage {
    let cursor: Name?
    let limit: Int

    init(_ query: inout Query) throws {
        cursor = try query.name("cursor")
        if let cursor { try Schema.limits.check(name: cursor, field: "cursor") }
        limit = try query.limit()
    }

    /// - Parameter found: One more than the page holds, where there are more.
    func reply<Item: JSONListed>(_ found: [Item], _ sequence: UInt64, _ name: @escaping (Item) -> Name)
        -> Reply
    {
        let page = JSONPage(found.prefix(limit), atMost: Pages.mostBytes) { shown in
            found.count > shown ? name(found[shown - 1]) : nil
        }
        return .json(page, sequence: sequence)
    }

    static func schema(_ list: String, of item: Schema) -> Schema {
        .object([
            .required(list, .list(item, atMost: Pages.longest)), .required("next", .optional(.name)),
        ])
    }
}
