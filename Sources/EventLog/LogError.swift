/// Everything that can go wrong with a log; each case says what happened, where, and what to do.
public enum LogError: Error, Equatable, Sendable {
    /// Another writer holds the log; 0 when its process is not known.
    case locked(Int32)
    /// Promised or unexplained bytes are missing or changed: the log is refused and nothing was touched.
    case damaged(Damage)
    /// The disk (or the quota) is full. Nothing was harmed; the same call works when room is there again.
    case noSpace
    /// An earlier error left the end of the log unknown; this writer takes nothing any more.
    case poisoned
    /// The write or sync itself failed: whether the batch is durable is known only after the next open.
    case outcomeUnknown(FSError)
    /// A file operation failed before anything was promised.
    case file(FSError)
    /// The segment needs a reader of version `needs`; this one supports up to `supports`.
    case newer(file: String, needs: UInt16, supports: UInt16)
    /// The directory holds something under the log's names that is not a log.
    case notALog(String)
    /// The file system is read-only.
    case readOnly(FSError)
    /// The directory is on another machine's disk.
    case networkFileSystem(path: String)
    /// A batch over the limit; nothing was written.
    case tooLarge(bytes: Int, limit: Int)
    /// The writer was closed.
    case closed

    init(_ error: FSError) {
        self =
            if error.isNoSpace {
                .noSpace
            } else if error.errno == ErrorNumber.readOnly {
                .readOnly(error)
            } else {
                .file(error)
            }
    }
}

/// Where a log is damaged, and how that shows.
public struct Damage: Equatable, Sendable {
    /// The file, relative to the log's directory; empty when it has gone and its name isn't known.
    public let file: String
    /// Byte offset in that file.
    public let offset: UInt64
    /// The sequence that was expected there.
    public let sequence: UInt64
    /// What is wrong there, for people.
    public let problem: String

    /// Damage at one place of one file.
    public init(file: String, offset: UInt64, sequence: UInt64, problem: String) {
        self.file = file
        self.offset = offset
        self.sequence = sequence
        self.problem = problem
    }
}

extension LogError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .locked(let holder):
            "the log is being written by \(holder == 0 ? "another process" : "process \(holder)"); stop it first"
        case .damaged(let damage):
            (damage.file.isEmpty
                ? "the log is damaged" : "\(damage.file) is damaged at offset \(damage.offset)")
                + ", sequence \(damage.sequence): \(damage.problem); nothing was changed; restore a backup"
        case .noSpace:
            "no space is left for the log; free some, and writing resumes"
        case .poisoned:
            "an earlier write or sync failed, so this writer has stopped; open the log again"
        case .outcomeUnknown(let error):
            "\(error), so the outcome of this batch is unknown; open the log again to learn it"
        case .file(let error):
            "\(error); nothing was changed by it; put it right and try again"
        case .newer(let file, let needs, let supports):
            "\(file) needs format \(needs) and this program reads up to \(supports); use a newer program"
        case .notALog(let what):
            "\(what); is it the right directory?"
        case .readOnly(let error):
            "\(error): the file system is read-only; reading still works"
        case .networkFileSystem(let path):
            "\(path) is on a network file system, whose syncs and locks cannot be relied on; use a local disk"
        case .tooLarge(let bytes, let limit):
            "a batch of \(bytes) bytes is over the limit of \(limit); split it"
        case .closed:
            "the log was closed; open it again"
        }
    }
}

/// Runs file operations and turns their error into the log's.
func asLogError<Value>(_ body: () throws(FSError) -> Value) throws(LogError) -> Value {
    do throws(FSError) {
        return try body()
    } catch {
        throw LogError(error)
    }
}

/// Runs file operations after which nothing more may be assumed about the file when they fail, not even that
/// room is all that was missing: failed syncs above all.
func asOutcomeUnknown<Value>(_ body: () throws(FSError) -> Value) throws(LogError) -> Value {
    do throws(FSError) {
        return try body()
    } catch {
        throw .outcomeUnknown(error)
    }
}
