import Hummingbird
import Logging

/// What the router hands to an endpoint besides the request: whose connection it came by.
struct ConnectionContext: RequestContext {
    struct Source: RequestContextSource {
        let connection: Connection
        let logger: Logger
    }

    var coreContext: CoreRequestContextStorage
    let connection: Connection

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        connection = source.connection
    }
}
