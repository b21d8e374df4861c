import EventLog
import Simulator
import TestSupport
import Testing

struct SimulatedDiskTests {
    let disk = SimulatedDisk()

    @Test
    func `what was written is seen at once and is lost without a sync`() throws {
        let file = try disk.durableFile("a", "old")
        try disk.put("new", in: file)
        #expect(try disk.text(of: file) == "new")
        #expect(disk.outcomes() == ["a=old", "a=new"])
        try disk.syncData(file)
        #expect(disk.outcomes() == ["a=new"])
    }

    @Test
    func `a synced file without a synced directory may be nameless`() throws {
        let file = try disk.open("a", .create)
        try disk.put("x", in: file)
        try disk.sync(file)
        #expect(disk.outcomes() == ["", "a=x"])
        try disk.syncDirectory("")
        #expect(disk.outcomes() == ["a=x"])
    }

    @Test
    func `a landed name may lead to a file whose content never landed`() throws {
        let file = try disk.open("a", .create)
        try disk.put("x", in: file)
        try disk.syncDirectory("")
        #expect(disk.outcomes() == ["a=", "a=x"])
    }

    @Test
    func `writes to one file land in any subset`() throws {
        let file = try disk.durableFile("a", "....")
        try disk.put("b", at: 1, in: file)
        try disk.put("d", at: 3, in: file)
        #expect(disk.outcomes() == ["a=....", "a=.b..", "a=...d", "a=.b.d"])
    }

    @Test
    func `the later of two writes to one place wins when both landed`() throws {
        let file = try disk.durableFile("a", "1")
        try disk.put("2", in: file)
        try disk.put("3", in: file)
        #expect(disk.outcomes() == ["a=1", "a=2", "a=3"])
    }

    @Test
    func `a rename leaves the old name or the new one and never neither`() throws {
        _ = try disk.durableFile("old", "x")
        try disk.rename("old", to: "new")
        #expect(disk.outcomes() == ["old=x", "new=x"])
        try disk.syncDirectory("")
        #expect(disk.outcomes() == ["new=x"])
    }

    @Test
    func `operations on one name keep their order`() throws {
        _ = try disk.durableFile("target", "1")
        let file = try disk.open("temporary", .create)
        try disk.put("2", in: file)
        try disk.sync(file)
        try disk.rename("temporary", to: "target")
        try disk.remove("target")
        #expect(disk.outcomes() == ["target=1", "target=1 temporary=2", "target=2", ""])
    }

    @Test
    func `operations on different names are independent`() throws {
        _ = try disk.open("a", .create)
        _ = try disk.open("b", .create)
        #expect(disk.outcomes() == ["", "a=", "b=", "a= b="])
    }

    @Test
    func `a file in a directory that never landed is gone`() throws {
        try disk.makeDirectory("quarantine")
        let file = try disk.open("quarantine/q", .create)
        try disk.sync(file)
        try disk.syncDirectory("quarantine")
        #expect(disk.outcomes() == ["", "quarantine/q="])
        #expect(try disk.list("") == ["quarantine"])
        #expect(try disk.list("quarantine") == ["q"])
    }

    @Test
    func `a truncation is pending until the file is synced`() throws {
        let file = try disk.durableFile("a", "long")
        try disk.truncate(file, to: 1)
        #expect(disk.outcomes() == ["a=long", "a=l"])
        try disk.sync(file)
        #expect(disk.outcomes() == ["a=l"])
    }

    @Test
    func `a locked file stays locked until its holder closes or dies`() throws {
        let first = try disk.open("LOCK", .create)
        let second = try disk.open("LOCK", .write)
        #expect(try disk.lock(first))
        #expect(try disk.lock(second) == false)
        #expect(try disk.isLocked(second))
        disk.close(first)
        #expect(try disk.lock(second))
        disk.killProcess()
        let third = try disk.open("LOCK", .write)
        #expect(try disk.lock(third))
    }
}
