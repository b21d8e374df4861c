import EventLog
import Foundation
import Glibc

/// Where a run puts its log: the directory that was asked for, which must not hold one, or a temporary one.
struct RunDirectory {
    let path: String
    /// Nil for the directory that was asked for.
    private let scratch: ScratchDirectory?

    /// Tries the lock first, so that a live log is named by its holder rather than by what lies in it.
    init(_ asked: String?) throws {
        guard let asked else {
            let scratch = ScratchDirectory(
                in: FileManager.default.temporaryDirectory.path,
                prefix: "waybill-run"
            )
            path = scratch.path
            self.scratch = scratch
            return
        }
        path = asked
        scratch = nil
        guard FileManager.default.fileExists(atPath: asked) else { return }
        let files = try RealDisk(asked, create: false)
        if let holder = try lockHolder(files) {
            throw CommandFailure("\(asked) is held by process \(holder)")
        }
        guard try LogPresence(in: files) != .history else {
            throw CommandFailure("\(asked) already holds a log; give a directory of its own to each run")
        }
    }

    /// Makes it, with the directories above it; called once there is something to play.
    func create() throws {
        if let scratch { return try scratch.create() }
        try Self.make(path)
    }

    /// What is there already is left to the log to judge.
    private static func make(_ path: String) throws {
        var cause = mkdir(path, 0o755) == 0 ? 0 : errno
        let parent = parent(of: path)
        if cause == ENOENT, !parent.isEmpty, parent != path {
            try make(parent)
            cause = mkdir(path, 0o755) == 0 ? 0 : errno
        }
        guard cause == 0 || cause == EEXIST else {
            throw CommandFailure("\(path) can't be made: \(Output.words(cause))")
        }
    }

    /// By hand: the library's way stops the process at a name of one letter.
    private static func parent(of path: String) -> String {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard !parts.isEmpty else { return "" }
        parts.removeLast()
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    func removeIfTemporary() {
        scratch?.remove()
    }
}
