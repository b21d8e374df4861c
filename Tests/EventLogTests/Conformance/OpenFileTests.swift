import EventLog
import Glibc
import Simulator
import TestSupport
import Testing

/// Every `LogFS`: what an open file reads, writes, and says when it can't.
struct OpenFileTests {
    @Test(arguments: DiskKind.allCases)
    func `a new file is empty, and its name is taken`(_ kind: DiskKind) throws {
        try kind.with { disk in
            let file = try disk.open("a", .create)
            #expect(try disk.size(of: file) == 0)
            #expect(try disk.text(of: file) == "")
            #expect(throws: FSError(.open, "a", errno: EEXIST)) { try disk.open("a", .create) }
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `what isn't there can't be opened`(_ kind: DiskKind) throws {
        try kind.with { disk in
            for mode in [OpenMode.read, .write] {
                #expect(throws: FSError(.open, "a", errno: ENOENT)) { try disk.open("a", mode) }
            }
            #expect(throws: FSError(.open, "d/a", errno: ENOENT)) { try disk.open("d/a", .create) }
            try disk.makeDirectory("d")
            disk.close(try disk.open("d/a", .create))
            disk.close(try disk.open("d/a", .read))
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a directory is no file`(_ kind: DiskKind) throws {
        try kind.with { disk in
            try disk.makeDirectory("d")
            for mode in [OpenMode.read, .write] {
                #expect(throws: FSError(.open, "d", errno: EISDIR)) { try disk.open("d", mode) }
            }
            #expect(throws: FSError(.open, "d", errno: EEXIST)) { try disk.open("d", .create) }
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a write is seen at once by every handle, and says how much it took`(_ kind: DiskKind) throws {
        try kind.with { disk in
            let file = try disk.open("a", .create)
            #expect(try disk.put("hello", in: file) == 5)
            let reader = try disk.open("a", .read)
            #expect(try disk.text(of: reader) == "hello")
            #expect(try disk.put("LL", at: 2, in: file) == 2)
            #expect(try disk.text(of: reader) == "heLLo")
            #expect(try disk.size(of: reader) == 5)
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a gap before a write is zeros, and an empty write makes none`(_ kind: DiskKind) throws {
        try kind.with { disk in
            let file = try disk.open("a", .create)
            #expect(try disk.put([], at: 9, in: file) == 0)
            #expect(try disk.size(of: file) == 0)
            try disk.put([1], in: file)
            try disk.put([2], at: 4, in: file)
            #expect(try disk.bytes(of: "a") == [1, 0, 0, 0, 2])
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a read ends where the file does`(_ kind: DiskKind) throws {
        try kind.with { disk in
            let file = try disk.open("a", .create)
            try disk.put("hello", in: file)
            #expect(try disk.bytes(of: file, at: 3, count: 9) == Array("lo".utf8))
            #expect(try disk.bytes(of: file, at: 1, count: 2) == Array("el".utf8))
            for offset in [5, 6, 1 << 40, UInt64.max] {
                #expect(try disk.bytes(of: file, at: offset, count: 9) == [])
            }
            #expect(try disk.bytes(of: file, at: 0, count: 0) == [])
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a file is cut, and grows by zeros`(_ kind: DiskKind) throws {
        try kind.with { disk in
            let file = try disk.open("a", .create)
            try disk.put([1, 2, 3], in: file)
            try disk.truncate(file, to: 2)
            #expect(try disk.bytes(of: "a") == [1, 2])
            try disk.truncate(file, to: 4)
            #expect(try disk.bytes(of: "a") == [1, 2, 0, 0])
            try disk.truncate(file, to: 0)
            #expect(try disk.size(of: file) == 0)
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a file that was opened for reading is not changed`(_ kind: DiskKind) throws {
        try kind.with { disk in
            try disk.put(["a": [1, 2]])
            let file = try disk.open("a", .read)
            #expect(throws: FSError(.write, "a", errno: EBADF)) { try disk.put([3], in: file) }
            #expect(throws: FSError(.truncate, "a", errno: EINVAL)) { try disk.truncate(file, to: 0) }
            #expect(throws: FSError(.lock, "a", errno: EBADF)) { try disk.lock(file) }
            #expect(try disk.bytes(of: "a") == [1, 2])
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a place beyond every file is refused`(_ kind: DiskKind) throws {
        try kind.with { disk in
            let file = try disk.open("a", .create)
            #expect(throws: FSError(.write, "a", errno: EFBIG)) { try disk.put([1], at: .max, in: file) }
            #expect(throws: FSError(.truncate, "a", errno: EFBIG)) { try disk.truncate(file, to: .max) }
            #expect(try disk.size(of: file) == 0)
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `syncing and dropping the cache change nothing that is read`(_ kind: DiskKind) throws {
        try kind.with { disk in
            let file = try disk.open("a", .create)
            try disk.put("x", in: file)
            try disk.syncData(file)
            try disk.put("y", at: 1, in: file)
            try disk.sync(file)
            try disk.syncDirectory("")
            disk.dropCache(file)
            #expect(try disk.text(of: file) == "xy")
            // Who only reads may ask for it too.
            let reader = try disk.open("a", .read)
            try disk.syncData(reader)
            try disk.sync(reader)
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `one open file holds the lock until it is closed`(_ kind: DiskKind) throws {
        try kind.with { disk in
            let first = try disk.open("LOCK", .create)
            let second = try disk.open("LOCK", .write)
            let reader = try disk.open("LOCK", .read)
            #expect(try disk.isLocked(reader) == false)
            #expect(try disk.lock(first))
            #expect(try disk.lock(first), "its holder may ask again")
            #expect(try disk.lock(second) == false)
            #expect(try disk.isLocked(second))
            #expect(try disk.isLocked(reader))
            #expect(try disk.isLocked(first) == false, "nobody else holds it")
            disk.close(first)
            #expect(try disk.isLocked(reader) == false)
            #expect(try disk.lock(second))
        }
    }

    /// The disks whose room a test can bound.
    enum BoundedDisk: CaseIterable {
        case faulty, simulated

        /// Room for so many bytes more, from now on.
        func make() -> (disk: any LogFS, bound: (Int) -> Void) {
            switch self {
            case .faulty:
                let disk = FaultyDisk()
                return (disk, { disk.limitRoom(to: $0) })
            case .simulated:
                let disk = SimulatedDisk()
                return (disk, { disk.capacity = disk.usedSpace + $0 })
            }
        }
    }

    @Test(arguments: BoundedDisk.allCases)
    func `a full disk takes what fits, then nothing, and what is there may be written over`(
        _ kind: BoundedDisk
    ) throws {
        let (disk, bound) = kind.make()
        let file = try disk.open("a", .create)
        try disk.put("12345", in: file)
        bound(2)
        #expect(try disk.put("abcd", at: 4, in: file) == 3)
        #expect(throws: FSError(.write, "a", errno: ENOSPC)) { try disk.put("x", at: 7, in: file) }
        #expect(throws: FSError(.truncate, "a", errno: ENOSPC)) { try disk.truncate(file, to: 8) }
        #expect(try disk.put("AB", in: file) == 2)
        #expect(try disk.text(of: file) == "AB34abc")
    }
}
