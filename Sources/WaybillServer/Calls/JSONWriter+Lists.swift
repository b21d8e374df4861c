package import Waybill
package import WaybillJSON

extension JSONWriter {
    /// A list of objects, null where there is none.
    package mutating func list<Item>(
        _ name: String,
        orNull items: [Item?],
        _ write: (Item, inout JSONWriter) -> Void
    ) {
        var list: [UInt8] = [0x5b]
        for (index, item) in items.enumerated() {
            if index > 0 { list.append(0x2c) }
            guard let item else {
                list += "null".utf8
                continue
            }
            var json = JSONWriter()
            write(item, &json)
            list += json.finish()
        }
        list.append(0x5d)
        field(name, json: list)
    }

    /// A list of events as the log's listing has them.
    package mutating func events(_ name: String, _ events: [Event]) {
        var list: [UInt8] = [0x5b]
        for (index, event) in events.enumerated() {
            if index > 0 { list.append(0x2c) }
            list += event.jsonLine.dropLast()
        }
        list.append(0x5d)
        field(name, json: list)
    }
}
