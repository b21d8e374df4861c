import Orchestration
import TestSupport
import Testing
import Waybill

/// A command that ends a lease is known by its token: the log says what it was answered.
struct KeyedLeaseTests {
    private func keyed(_ key: String) -> CommandContext {
        CommandContext(actor: "w", idempotencyKey: Name(key))
    }

    @Test
    func
        `whoever ends a lease and repeats that under its key is told that it is done, though the job is pruned`()
        async throws
    {
        let engine = try await Engine.inMemory(options: smallOptions())
        try await engine.configure(
            QueueSpecification(name: "default", retention: Retention(succeeded: .zero)),
            by: me
        )
        for kind in ["complete", "fail", "snooze", "release"] {
            try await engine.create(JobSpecification(kind: Name(kind)), by: me)
        }
        let leases = try await engine.dispatch(DispatchRequest(worker: "w", max: 4), by: me).value
        let tokens = Dictionary(uniqueKeysWithValues: leases.map { ($0.specification.kind, $0.token) })
        let result = Payload([1, 2])
        let commands: [(String, Command)] = try [
            ("complete", .complete(.lease(#require(tokens["complete"])), result: result)),
            ("fail", .fail(.lease(#require(tokens["fail"])), Failure(type: "io"))),
            ("snooze", .snooze(.lease(#require(tokens["snooze"])), for: .seconds(9))),
            ("release", .release(.lease(#require(tokens["release"])))),
        ]
        for (key, command) in commands { _ = try await engine.submit(command, by: keyed(key)) }
        try await engine.advance(by: .seconds(1))
        let written = engine.durableSequence
        for (key, command) in commands {
            #expect(try await engine.submit(command, by: keyed(key)).value == .done)
            guard case .lease(let token)? = command.holder else { throw Surprise() }
            #expect(await refusal { try await engine.submit(command, by: me) } == .leaseLost(token))
            #expect(
                await refusal { try await engine.submit(command, by: keyed("other")) } == .leaseLost(token)
            )
        }
        let other = Command.complete(.lease(try #require(tokens["complete"])), result: Payload())
        #expect(
            await refusal { try await engine.submit(other, by: keyed("complete")) } == .keyReused("complete")
        )
        #expect(engine.durableSequence == written)
        try await engine.close()
    }

    private struct Surprise: Error {}
}

extension Command {
    fileprivate var holder: Holder? {
        switch self {
        case .complete(let holder, _), .fail(let holder, _), .snooze(let holder, _), .release(let holder):
            holder
        default: nil
        }
    }
}
