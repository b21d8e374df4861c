import EventLog
import TestSupport
import Testing

/// What a failed file operation says.
struct FileErrorTests {
    @Test(arguments: DiskKind.allCases)
    func `a refused write names its file`(_ kind: DiskKind) throws {
        try kind.with { disk in
            disk.close(try disk.open("a", .create))
            let file = try disk.open("a", .read)
            defer { disk.close(file) }
            let error = #expect(throws: FSError.self) {
                try [1, 2, 3].withUnsafeBytes { try disk.write(file, at: 0, $0) }
            }
            #expect(error?.operation == .write && error?.name == "a")
            #expect(error?.description.contains("'a'") == true)
        }
    }

    @Test func `a file that was renamed while it was open has its new name`() throws {
        let directory = try TemporaryDirectory()
        let disk = try RealDisk(directory.path)
        disk.close(try disk.open("a", .create))
        let file = try disk.open("a", .read)
        defer { disk.close(file) }
        try disk.rename("a", to: "b")
        let error = #expect(throws: FSError.self) { try disk.truncate(file, to: 1) }
        #expect(error?.name == "b")
    }
}
