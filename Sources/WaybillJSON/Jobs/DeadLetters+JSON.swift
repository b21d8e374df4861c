package import JSONText
package import Waybill

extension DeadLetterGroup: JSONListed {
    package static let listName = "groups"

    package func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("kind", kind)
        json.field("deathCause", cause.name)
        json.field("errorType", errorType)
        json.field("message", sample)
        json.field("count", count)
        json.field("firstSeen", firstSeen)
        json.field("lastSeen", lastSeen)
    }
}

extension DeadLetter: JSONListed {
    package static let listName = "deadLetters"

    package func write(to json: inout JSONWriter) {
        json.field("job", id)
        json.field("group", group)
        json.field("deathCause", cause.name)
        json.field("errorType", errorType)
        json.field("message", message)
        json.field("deathReason", reason)
        json.field("diedAt", diedAt)
    }
}
