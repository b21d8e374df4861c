import Foundation
import Glibc
import Synchronization

/// A directory that is gone when its owner is done with it, and when the process is interrupted or told to end.
final class ScratchDirectory {
    let path: String
    private static let isEnding = Atomic(false)

    /// A name of its own, beginning with `prefix`, in `parent`; the directory itself is made by ``create()``.
    init(in parent: String, prefix: String) {
        let path = parent + "/\(prefix)-\(UUID().uuidString)"
        self.path = path
        for signal in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnored(signal) {
            Glibc.signal(signal, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
            source.setEventHandler { Self.end(removing: path, by: signal) }
            source.resume()
            // Kept until the process ends: the signal must end it also when the directory is gone.
            _ = Unmanaged.passRetained(source as AnyObject)
        }
    }

    /// Who started the process may have wished that it outlives the signal (`nohup`).
    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        sigaction(signal, nil, &action)
        // Compared as addresses, for functions are not comparable.
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    func create() throws {
        guard mkdir(path, 0o700) == 0 else {
            throw CommandFailure("\(path) can't be made: \(Output.words(errno))")
        }
        if Self.isEnding.load(ordering: .acquiring) { remove() }
        Self.waitIfEnding()
    }

    /// Removes it with all that is in it; a directory that was never made is fine.
    func remove() {
        Self.remove(path)
    }

    /// Called where a failure would be shown: one that comes while a signal ends the process comes from that, and is
    /// never shown.
    static func waitIfEnding() {
        while isEnding.load(ordering: .acquiring) { pause() }
    }

    private static func remove(_ path: String) {
        // Again, when a log that is still being written has added a file under our hands.
        for attemptsLeft in (0..<5).reversed() where FileManager.default.fileExists(atPath: path) {
            do { try FileManager.default.removeItem(atPath: path) } catch {
                if attemptsLeft > 0 { continue }
                Output.diagnostic("waybill: \(path) could not be removed: \(error)")
            }
        }
    }

    /// Ends as the signal would have ended the process, so that whoever started it sees why.
    private static func end(removing path: String, by signal: Int32) {
        isEnding.store(true, ordering: .releasing)
        remove(path)
        Glibc.signal(signal, SIG_DFL)
        // Threads of the dispatch library block signals.
        var ending = sigset_t()
        sigemptyset(&ending)
        sigaddset(&ending, signal)
        pthread_sigmask(SIG_UNBLOCK, &ending, nil)
        raise(signal)
    }
}
