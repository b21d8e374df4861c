import FoundationEssentials
package import Waybill
package import WaybillJSON

extension JSONWriter {
    /// Bytes with their content type: JSON as it stands under the name where they are that, else base64 under
    /// `…Base64`; both left out where there are none.
    package mutating func content(
        _ name: String,
        type typeName: String,
        _ bytes: [UInt8],
        _ contentType: String
    ) {
        if !contentType.isEmpty { field(typeName, contentType) }
        guard !bytes.isEmpty else { return }
        if contentType.isJSONType, (try? JSONValue.parse(bytes[...])) != nil {
            field(name, json: bytes)
        } else {
            field(name + "Base64", Data(bytes).base64EncodedString())
        }
    }

    /// A dictionary, empty or not, keys ascending.
    package mutating func whole(_ name: String, _ texts: [String: String]) {
        object(name) { json in
            for (key, value) in texts.sorted(by: { $0.key < $1.key }) { json.field(key, value) }
        }
    }

    /// The number of jobs in each of the eight states.
    package mutating func counts(_ name: String, _ count: (JobState) -> Int) {
        object(name) { json in
            for state in JobState.allCases { json.field(state.name, UInt64(count(state))) }
        }
    }
}
