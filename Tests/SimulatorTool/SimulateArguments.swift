/// What the tool was asked to do; prints nothing itself.
struct SimulateArguments {
    static let usage = """
        usage: simulate --seeds N [--from S]   run N seeds, beginning with S (0)
               simulate --seeds N --list       run them all, and list every seed that fails
               simulate --seed S               run one seed and print all that it did
               simulate --explore [--deep]     try every crash of the short workloads; --deep crashes the log's
                                               recoveries too, and tears the engine's writes
        --level log|engine|both                the log alone, or the engine's core on it; 'both' takes even seeds
                                               for the log and odd ones for the engine, and is the default
        """

    enum Level: String { case log, engine, both }

    var seeds: UInt64 = 0
    var first: UInt64 = 0
    var single: UInt64?
    var level = Level.both
    var listsFailures = false
    var explores = false
    var isDeep = false

    /// Nil when the arguments make no sense.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            switch option {
            case "--explore": explores = true
            case "--deep": isDeep = true
            case "--list": listsFailures = true
            case "--level":
                guard let level = rest.popFirst().flatMap(Level.init) else { return nil }
                self.level = level
            case "--seeds", "--from", "--seed":
                guard let text = rest.popFirst(), let number = UInt64(text) else { return nil }
                switch option {
                case "--seeds": seeds = number
                case "--from": first = number
                default: single = number
                }
            default: return nil
            }
        }
        if seeds == 0 && single == nil && !explores { return nil }
    }

    /// Whether a seed is one of the engine's.
    func isEngine(_ seed: UInt64) -> Bool {
        switch level {
        case .log: false
        case .engine: true
        case .both: seed % 2 == 1
        }
    }
}
