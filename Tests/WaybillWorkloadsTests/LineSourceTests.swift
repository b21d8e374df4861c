import TestSupport
import Testing
import WaybillWorkloads

/// Lines out of bytes, plain or gzip.
struct LineSourceTests {
    @Test(arguments: [
        ("a\nb\n", ["a", "b"]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]), ("\n\nx", ["", "", "x"]),
        ("\u{feff}a\nb", ["a", "b"]), ("", []), ("\n", [""]), ("a\rb\n", ["a\rb"]),
        ("nul\0byte\n", ["nul\0byte"]),
    ])
    func `lines end with LF, CRLF or the file, and a byte order mark is dropped`(
        text: String,
        expected: [String]
    ) throws {
        #expect(try Samples.lines(text) == expected)
        #expect(try Samples.lines(try Samples.gzip(Array(text.utf8))) == expected)
    }

    @Test func `long files keep every line over chunk borders`() throws {
        let expected = (0..<40_000).map { "line \($0)" }
        let bytes = Array(expected.joined(separator: "\n").utf8)
        #expect(try Samples.lines(bytes) == expected)
        #expect(try Samples.lines(try Samples.gzip(bytes)) == expected)
    }

    @Test func `a line of ten megabytes is cut, flagged and passed over`() throws {
        let long = [UInt8](repeating: 0x61, count: 10_000_000)
        var source = LineSource(bytes: Array("x\n".utf8) + long + Array("\ny\n".utf8), name: "memory")
        #expect(try source.next()?.text == "x")
        let line = try #require(try source.next())
        #expect(line.isOverlong && line.bytes.count == LineSource.longestLine && line.number == 2)
        let last = try #require(try source.next())
        #expect(last.text == "y" && last.number == 3)
        #expect(try source.next() == nil)
    }

    @Test func `gzip members that follow each other are one text`() throws {
        let bytes = try Samples.gzip(Array("a\nb".utf8)) + Samples.gzip(Array("c\nd\n".utf8)) + [0, 0, 0]
        #expect(try Samples.lines(bytes) == ["a", "bc", "d"])
    }

    @Test func `a gzip file cut anywhere is an error`() throws {
        let whole = try Samples.gzip(Array("some text that is packed\n".utf8))
        for length in 3..<whole.count {
            #expect(throws: WorkloadError.truncatedGzip(path: "memory")) {
                try Samples.lines(Array(whole[..<length]))
            }
        }
    }

    @Test func `a gzip file with a wrong checksum or length is an error`() throws {
        let whole = try Samples.gzip(Array("some text that is packed\n".utf8))
        for index in whole.count - 8..<whole.count {
            var damaged = whole
            damaged[index] ^= 0x10
            #expect(throws: WorkloadError.gzipChecksum(path: "memory")) { try Samples.lines(damaged) }
        }
    }

    @Test func `other bytes after a gzip member are an error`() throws {
        let bytes = try Samples.gzip(Array("a\n".utf8)) + Array("b\n".utf8)
        let problem = "bytes that are not gzip follow the end"
        #expect(throws: WorkloadError.corruptGzip(path: "memory", problem: problem)) {
            try Samples.lines(bytes)
        }
    }

    @Test func `a missing file and a folder are told apart`() throws {
        let folder = try TemporaryDirectory()
        #expect(throws: WorkloadError.notFound(path: folder.path("none"))) {
            let source = try LineSource(path: folder.path("none"))
            _ = source.totalBytes
        }
        #expect(throws: WorkloadError.unreadable(path: folder.path(""), errno: 21)) {
            let source = try LineSource(path: folder.path(""))
            _ = source.totalBytes
        }
    }

    @Test func `progress reaches the file's length`() throws {
        var source = try LineSource(path: Checkout.workload("sample.swf"))
        while try source.next() != nil {}
        #expect(source.bytesRead == source.totalBytes && source.totalBytes > 20_000)
    }

    @Test func `looking ahead takes nothing`() throws {
        var source = LineSource(bytes: Array("first\nsecond\n".utf8), name: "memory")
        #expect(try Array(source.peek(7)) == Array("first\ns".utf8))
        #expect(try source.next()?.text == "first")
    }
}
