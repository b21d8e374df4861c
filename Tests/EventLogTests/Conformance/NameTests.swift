import EventLog
import Glibc
import TestSupport
import Testing

/// Every `LogFS`: the names in its directories.
struct NameTests {
    @Test(arguments: DiskKind.allCases)
    func `names are listed in order, directory by directory`(_ kind: DiskKind) throws {
        try kind.with { disk in
            #expect(try disk.list("") == [])
            try disk.makeDirectory("m")
            try disk.put(["z": [], "a": [], "B": [], "m/y": [], "m/x": []])
            #expect(try disk.list("") == ["B", "a", "m", "z"])
            #expect(try disk.list("m") == ["x", "y"])
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a directory that isn't there is empty, and one that is there may be made again`(
        _ kind: DiskKind
    ) throws {
        try kind.with { disk in
            #expect(try disk.list("d") == [])
            #expect(throws: FSError(.syncDirectory, "d", errno: ENOENT)) { try disk.syncDirectory("d") }
            for _ in 1...2 { try disk.makeDirectory("d") }
            try disk.syncDirectory("d")
            #expect(try disk.list("") == ["d"])
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a file is no directory`(_ kind: DiskKind) throws {
        try kind.with { disk in
            disk.close(try disk.open("a", .create))
            #expect(throws: FSError(.list, "a", errno: ENOTDIR)) { try disk.list("a") }
            #expect(throws: FSError(.syncDirectory, "a", errno: ENOTDIR)) { try disk.syncDirectory("a") }
            #expect(throws: FSError(.makeDirectory, "a", errno: EEXIST)) { try disk.makeDirectory("a") }
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a renamed file replaces what had its new name`(_ kind: DiskKind) throws {
        try kind.with { disk in
            try disk.makeDirectory("d")
            try disk.put(["a": [1], "b": [2]])
            let replaced = try disk.open("b", .read)
            try disk.rename("a", to: "b")
            #expect(try disk.list("") == ["b", "d"])
            #expect(try disk.bytes(of: "b") == [1])
            #expect(try disk.bytes(of: replaced, count: 9) == [2], "who has it open still reads it")
            try disk.rename("b", to: "b")
            try disk.rename("b", to: "d/c")
            #expect(try disk.list("") == ["d"])
            #expect(try disk.bytes(of: "d/c") == [1])
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a file that was renamed while it was open has its new name`(_ kind: DiskKind) throws {
        try kind.with { disk in
            try disk.put(["a": []])
            let file = try disk.open("a", .read)
            try disk.rename("a", to: "b")
            let error = #expect(throws: FSError(.truncate, "b", errno: EINVAL)) {
                try disk.truncate(file, to: 1)
            }
            #expect(error?.description.contains("'b'") == true)
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `what can't be renamed stays as it was`(_ kind: DiskKind) throws {
        try kind.with { disk in
            try disk.makeDirectory("quarantine")
            try disk.put(["a": [1]])
            #expect(throws: FSError(.rename, "x", errno: ENOENT)) { try disk.rename("x", to: "a") }
            #expect(throws: FSError(.rename, "a", errno: ENOENT)) { try disk.rename("a", to: "e/a") }
            #expect(throws: FSError(.rename, "a", errno: EISDIR)) { try disk.rename("a", to: "quarantine") }
            #expect(try disk.files() == ["a": [1]])
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a removed file is gone for all but those who have it open`(_ kind: DiskKind) throws {
        try kind.with { disk in
            try disk.makeDirectory("d")
            try disk.put(["a": [1]])
            let file = try disk.open("a", .write)
            try disk.remove("a")
            #expect(try disk.list("") == ["d"])
            #expect(throws: FSError(.open, "a", errno: ENOENT)) { try disk.open("a", .read) }
            #expect(throws: FSError(.remove, "a", errno: ENOENT)) { try disk.remove("a") }
            #expect(throws: FSError(.remove, "d", errno: EISDIR)) { try disk.remove("d") }
            try disk.put([2], at: 1, in: file)
            try disk.put(["a": [9]])
            #expect(try disk.bytes(of: file, count: 9) == [1, 2], "a new file of that name is another")
        }
    }
}
