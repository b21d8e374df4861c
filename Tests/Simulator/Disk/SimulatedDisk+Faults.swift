package import EventLog

/// Where every call goes through: counting, tracing, and the faults that were asked for.
extension SimulatedDisk {
    /// Counts a call and lets a fault strike; the effect that is returned is for the call itself to carry out.
    func begin(
        _ operation: FSError.Operation,
        _ name: String,
        isChange: Bool,
        at offset: UInt64 = 0,
        count: Int = 0
    ) throws(FSError) -> Fault.Effect? {
        if isDown { throw FSError(operation, name, errno: Self.powerLost) }
        if isChange {
            beforeChange?(self)
            changes += 1
        }
        calls[operation, default: 0] += 1
        let effect = faults.isEmpty ? nil : strike(operation, isChange: isChange)
        if recordsTrace {
            let start = Int(truncatingIfNeeded: offset)
            trace.append(
                DiskCall(operation: operation, name: name, offset: start, count: count, fault: effect)
            )
        }
        switch effect {
        case .fail(let errno): throw FSError(operation, name, errno: errno)
        case .crashBefore: throw cutPower(operation, name)
        default: return effect
        }
    }

    /// Ends a call that did its work; the power may still go before the answer does.
    func finish(_ effect: Fault.Effect?, _ operation: FSError.Operation, _ name: String) throws(FSError) {
        if effect == .crashAfter { throw cutPower(operation, name) }
    }

    /// Calls of one kind so far.
    package func callCount(_ operation: FSError.Operation) -> Int { calls[operation] ?? 0 }

    /// The calls since the last time that this was asked.
    func takeTrace() -> [DiskCall] {
        defer { trace.removeAll() }
        return trace
    }

    private func cutPower(_ operation: FSError.Operation, _ name: String) -> FSError {
        isDown = true
        return FSError(operation, name, errno: Self.powerLost)
    }

    private func strike(_ operation: FSError.Operation, isChange: Bool) -> Fault.Effect? {
        let struck = faults.firstIndex { fault in
            switch fault.trigger {
            case .change(let number): isChange && changes == number
            case .operation(let kind, let nth): kind == operation && calls[operation] == nth
            }
        }
        guard let struck else { return nil }
        let effect = faults.remove(at: struck).effect
        faultsInjected[effect.kind, default: 0] += 1
        return effect
    }
}
