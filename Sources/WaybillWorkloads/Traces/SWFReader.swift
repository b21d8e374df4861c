import Orchestration
import WaybillJSON

/// Reads the Standard Workload Format: `;` comments with `Name: value` headers, then 18 numbers a line.
///
/// Arrivals are field 2, sorted. A submit time of -1 is "not known": such jobs arrive at time zero, which is the
/// first known submit time, and are remarked on (the LLNL trace holds 1,190 of them, and they alone are out of
/// order there). The machine has `MaxProcs` processors, or as many as the largest job asks for where the header
/// is missing. A job that asks for more than the header's `MaxProcs` is skipped as malformed: it could never
/// start, and would block the head of its queue for ever; none of the traces at hand holds one.
struct SWFReader: LineReader {
    var account = LineAccount()
    private let name: Name
    private var jobs: [HPCJob] = []
    private var fields = Fields()
    private var values = [Int64](repeating: 0, count: 18)
    private var unixStartTime: Int64?
    private var maxProcessors: Int64?

    /// Later than any trace, early enough for nanoseconds in 64 bits: 2^32 seconds.
    private static let latest: Int64 = 1 << 32
    private static let mostProcessors: Int64 = 1 << 32

    init(name: Name) {
        self.name = name
    }

    mutating func read(_ line: Line) {
        if line.bytes.first == 0x3b {
            if let problem = header(line.text) {
                account.skip(line.number, problem)
            } else {
                account.countComment()
            }
            return
        }
        fields.splitBlanks(line.bytes)
        if let problem = parse() ?? check() {
            account.skip(line.number, problem)
        } else {
            account.countData()
            jobs.append(job())
        }
    }

    /// Takes the two headers that matter; the problem where one of them says something impossible.
    ///
    /// The format writes -1 for what is not known.
    private mutating func header(_ text: String) -> String? {
        let parts = text.dropFirst().split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let digits = parts[1].utf8.drop { $0 == 0x20 || $0 == 0x09 }.prefix { $0 != 0x20 && $0 != 0x09 }
        let value = Number.integer(Array(digits)[...])
        let name = parts[0].filter { $0 != " " && $0 != "\t" }
        guard ["UnixStartTime", "MaxProcs"].contains(name), value != -1 else { return nil }
        let range = name == "MaxProcs" ? 1...Self.mostProcessors : -Self.latest...Self.latest
        guard let value, range.contains(value) else {
            return "\(name) is not a number from \(range.lowerBound) to \(range.upperBound)"
        }
        if name == "MaxProcs" { maxProcessors = value } else { unixStartTime = value }
        return nil
    }

    /// Fills `values`; the problem where a field is not a number.
    ///
    /// Field 6, an average, may have a fraction.
    private mutating func parse() -> String? {
        if fields.count != 18 { return "has \(fields.count) fields instead of 18" }
        for index in 0..<18 {
            if let value = Number.integer(fields[index]) {
                values[index] = value
            } else if let value = Number.finite(fields[index]), abs(value) < 9e15,
                index == 5 || value == value.rounded()
            {
                values[index] = Int64(value)
            } else {
                return "field \(index + 1) is not a number in range"
            }
        }
        return nil
    }

    private func check() -> String? {
        if values[1] < -1 { return "field 2: negative submit time" }
        if values[3] < -1 { return "field 4: negative run time" }
        for index in [1, 2, 3] where values[index] > Self.latest {
            return "field \(index + 1) is out of range"
        }
        if (2...4).contains(values[10]) { return "field 11: partial executions are not played" }
        if ![-1, 0, 1, 5].contains(values[10]) { return "field 11: unknown status \(values[10])" }
        if processors > Self.mostProcessors { return "field 8 is out of range" }
        if let maxProcessors, processors > maxProcessors {
            return "asks for more processors (\(processors)) than the machine has (\(maxProcessors))"
        }
        return nil
    }

    private var processors: Int64 {
        values[7] > 0 ? values[7] : values[4] > 0 ? values[4] : 1
    }

    private mutating func job() -> HPCJob {
        if values[1] < 0 { account.remark("unknown submit time") }
        if values[3] < 0 { account.remark("unknown run time") }
        if values[7] <= 0 && values[4] <= 0 { account.remark("unknown processors") }
        return HPCJob(
            number: values[0],
            arrivalSeconds: 0,
            submit: values[1],
            wait: values[2],
            run: values[3],
            processors: processors,
            requestedTime: values[8],
            requestedMemory: values[9],
            status: values[10],
            user: values[11],
            group: values[12],
            executable: values[13],
            queue: values[14],
            partition: values[15]
        )
    }

    consuming func finish() -> Workload {
        for index in jobs.indices.dropFirst() where jobs[index].submit < jobs[index - 1].submit {
            account.remark("out of submit order")
        }
        let first = jobs.lazy.map(\.submit).filter { $0 >= 0 }.min() ?? 0
        for index in jobs.indices { jobs[index].arrivalSeconds = max(0, jobs[index].submit - first) }
        // The standard sort is stable: equal arrivals stay in the order of the file.
        jobs.sort { $0.arrivalSeconds < $1.arrivalSeconds }
        let processors = maxProcessors ?? jobs.lazy.map(\.processors).max() ?? 1
        let machine = MachineSpecification(
            name: name,
            cpuMillis: UInt64(processors) * 1000,
            attributes: ["processors": maxProcessors == nil ? "largest request" : "MaxProcs"]
        )
        return Workload(
            name: name,
            format: .swf,
            start: unixStartTime.map { Timestamp(seconds: $0 + first) },
            account: account,
            content: .jobs(JobTrace(machine: machine, name: name, storage: .hpc(jobs))),
            assumptions: maxProcessors == nil
                ? [JobTrace.assumption(processors: processors, because: "the header has no MaxProcs")] : []
        )
    }
}
