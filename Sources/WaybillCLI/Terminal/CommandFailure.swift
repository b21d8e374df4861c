import ArgumentParser
import Foundation
import Orchestration
import Waybill

/// Something went wrong that is not a matter of arguments: one sentence on standard error, exit status 1.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension ParsableArguments {
    /// Runs a command's body; every failure becomes a sentence and exit status 1.
    func reporting<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let exit as ExitCode {
            throw exit
        } catch let error as ValidationError {
            throw error
        } catch {
            ScratchDirectory.waitIfEnding()
            if case EngineError.refused(let refusal) = error {
                Output.diagnostic("waybill: refused: \(refusal.toldOfOptions)")
            } else {
                Output.diagnostic("waybill: \(error)")
            }
            throw ExitCode(1)
        }
    }
}
