import Synchronization

/// Hands one element at a time from one task to another, and wakes the taker for a sign of life in between.
///
/// The giver waits until its element was taken: nothing is lost, and nothing piles up.
final class Handover<Element: Sendable>: Sendable {
    enum Thing: Sendable {
        case element(Element)
        case ping
        /// Nothing more comes, and why.
        case end(String)
    }

    private typealias Waiter = CheckedContinuation<Void, Never>

    private struct State {
        var element: Element?
        var isPingDue = false
        var end: String?
        var hasTakerLeft = false
        var giver: Waiter?
        var taker: Waiter?

        mutating func thing() -> Thing? {
            // An end does not wait for a giver that has more and more.
            if let end { return .end(end) }
            if let element {
                self.element = nil
                return .element(element)
            }
            guard isPingDue else { return nil }
            isPingDue = false
            return .ping
        }
    }

    private let state = Mutex(State())

    /// For the one giver: returns when the element was taken, or nobody takes any more.
    func give(_ element: Element) async {
        await withCheckedContinuation { (giver: Waiter) in
            let (isOver, taker) = state.withLock { state -> (Bool, Waiter?) in
                if state.hasTakerLeft || state.end != nil { return (true, nil) }
                state.element = element
                state.giver = giver
                return (false, state.taker.take())
            }
            if isOver { giver.resume() }
            taker?.resume()
        }
    }

    /// For the one taker: waits for the next element, a ping or the end.
    func next() async -> Thing {
        while true {
            let (thing, giver) = state.withLock { state -> (Thing?, Waiter?) in
                let thing = state.thing()
                if case .element? = thing { return (thing, state.giver.take()) }
                return (thing, nil)
            }
            giver?.resume()
            if let thing { return thing }
            await withCheckedContinuation { (taker: Waiter) in
                let hasCome = state.withLock { state in
                    if state.end != nil || state.element != nil || state.isPingDue { return true }
                    state.taker = taker
                    return false
                }
                if hasCome { taker.resume() }
            }
        }
    }

    func ping() {
        state.withLock { state in
            state.isPingDue = true
            return state.taker.take()
        }?.resume()
    }

    /// The first reason stands.
    func end(_ reason: String) {
        let (giver, taker) = state.withLock { state in
            state.end = state.end ?? reason
            return (state.giver.take(), state.taker.take())
        }
        giver?.resume()
        taker?.resume()
    }

    /// The taker takes nothing more.
    func leave() {
        state.withLock { state in
            state.hasTakerLeft = true
            return state.giver.take()
        }?.resume()
    }
}
