import Glibc

/// A POSIX thread of its own: syncing blocks, and the cooperative pool's threads must not.
enum WriterThread {
    /// Carries the closure over the C boundary.
    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts `run` on a new detached thread.
    static func start(_ run: @escaping @Sendable () -> Void) throws(EngineError) {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(run))
        let code = pthread_create(
            &thread,
            nil,
            { body in
                guard let body else { return nil }
                Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run()
                return nil
            },
            body.toOpaque()
        )
        guard code == 0 else {
            body.release()
            throw .noThread(errno: code)
        }
        pthread_detach(thread)
    }
}
