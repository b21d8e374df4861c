import Testing
import Waybill

/// Curves, in parts and made small.
struct CurveTests {
    func points(_ values: [Double], from step: UInt64 = 0, at second: Int64 = 0) -> [Point] {
        values.enumerated().map {
            Point(
                step: step + UInt64($0),
                time: Timestamp(seconds: second + Int64($0)),
                value: $1
            )
        }
    }

    func served(_ points: [Point], _ body: (Engine, JobID) async throws -> Void) async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let job = try await engine.create(JobSpecification(kind: "a"), by: me).value
        for start in stride(from: 0, to: points.count, by: 100) {
            let part = Array(points[start..<min(points.count, start + 100)])
            try await engine.addPoints(part, to: "loss", of: job, by: me)
        }
        await engine.series.caughtUp(to: engine.durableSequence)
        try await body(engine, job)
        try await engine.close()
    }

    @Test func `parts by id`() async throws {
        var all = points((0..<2500).map(Double.init))
        // Late in coming.
        all.append(Point(step: 9, time: Timestamp(seconds: 10), value: 0))
        try await served(all) { engine, job in
            let series = engine.series
            #expect(await series.count(of: job, series: "loss") == 2501)
            #expect(await series.count(of: job, series: "other") == 0)
            #expect(await series.points(of: job, series: "loss") == all)
            for index in [0, 1, 1023, 1024, 1025, 2500, 2501, 9999, -3] {
                for limit in [0, 1, 1500, 5000] {
                    let part = await series.points(of: job, series: "loss", from: index, limit: limit)
                    #expect(part == Array(all.dropFirst(max(0, index)).prefix(limit)))
                }
            }
        }
    }

    @Test func `what came since a point's time is told by arrival, whatever the dates`() async throws {
        let seconds: [Int64] = [10, 20, 20, 5_000_000_000, 15, 30] + Array(31..<1_500)
        let all = seconds.map { Point(step: 0, time: Timestamp(seconds: $0), value: 0) }
        try await served(all) { engine, job in
            for (second, index) in [
                (0, 0), (10, 1), (12, 1), (15, 5), (20, 2), (25, 3), (30, 6), (1_400, 1_376),
                (5_000_000_000, 4),
                (6_000_000_000, all.count),
            ] as [(Int64, Int)] {
                let found = await engine.series.index(
                    of: job,
                    series: "loss",
                    since: Timestamp(seconds: second)
                )
                #expect(found == index, "\(second)")
            }
            #expect(await engine.series.index(of: job, series: "other", since: .zero) == 0)
        }
    }

    @Test func `a range of steps is clipped, then reduced, and every point counts`() async throws {
        var values = (0..<3000).map { Double(($0 &* 7919) % 1000) }
        values[1500] = .nan
        values[1501] = .infinity
        values[1502] = -5
        let all = points(values)
        try await served(all) { engine, job in
            for (range, limit) in [(0...2999, 7), (100...199, 1000), (1000...2000, 33), (5...5, 1)] {
                let reduced = await engine.series.reduced(
                    of: job,
                    series: "loss",
                    fromStep: UInt64(range.lowerBound),
                    throughStep: UInt64(range.upperBound),
                    max: limit
                )
                #expect(reduced.of == range.count)
                #expect(reduced.buckets.count == min(limit, range.count))
                #expect(reduced.isReduced == (range.count > limit))
                var next = range.lowerBound
                for bucket in reduced.buckets {
                    let own = all[next..<next + bucket.count]
                    #expect(bucket.first.id == next + 1)
                    #expect(bucket.first.point == own.first)
                    #expect(bucket.last.id == next + bucket.count)
                    #expect(bucket.last.point == own.last)
                    let finite = own.map(\.value).filter(\.isFinite)
                    #expect(bucket.min?.point.value == finite.min())
                    #expect(bucket.max?.point.value == finite.max())
                    #expect(bucket.nonFinite?.point == own.first { !$0.isFinite })
                    #expect(bucket.nonFiniteCount == own.count { !$0.isFinite })
                    next += bucket.count
                }
                #expect(next == range.upperBound + 1)
            }
            let none = await engine.series.reduced(of: job, series: "loss", fromStep: 5000, max: 3)
            #expect(none.buckets.isEmpty)
            #expect(none.of == 0)
            #expect(!none.isReduced)
            let nothing = await engine.series.reduced(of: job, series: "loss", max: 0)
            #expect(nothing.buckets.isEmpty)
            #expect(nothing.of == 3000)
            #expect(nothing.isReduced)
        }
    }

    @Test func `a follower gets what there is, what comes, and the end`() async throws {
        let all = points((0..<2300).map(Double.init))
        try await served(all) { engine, job in
            var steps = engine.curve(of: job, series: "loss", from: 100).makeAsyncIterator()
            var seen: [Point] = []
            while seen.count < 2200, let step = await steps.next() {
                #expect(step.points.count <= CurveStream.stepPoints)
                #expect(!step.isEnded)
                #expect(step.from == 100 + seen.count)
                #expect(step.total == 2300)
                seen += step.points
            }
            #expect(seen == Array(all.dropFirst(100)))
            let waiting = Task { [steps] in
                var steps = steps
                let step = await steps.next()
                return (step, await steps.next())
            }
            let more = points([7, 8], from: 2300)
            try await engine.addPoints([Point(step: 0, time: .zero, value: 1)], to: "other", of: job, by: me)
            try await engine.addPoints(more, to: "loss", of: job, by: me)
            let ending = Task {
                var last: CurveStep?
                for await step in engine.curve(of: job, series: "loss") { last = step }
                return last
            }
            try await engine.cancel(job, by: me)
            let (news, end) = await waiting.value
            #expect(news?.points == more)
            if news?.isEnded == true { #expect(end == nil) } else { #expect(end?.isEnded == true) }
            let last = await ending.value
            #expect(last?.isEnded == true)
            #expect(last?.total == 2302)
        }
    }

    @Test func `a follower ends with a job that never was or is pruned, the engine, or its task`()
        async throws
    {
        let engine = try await Engine.inMemory(options: smallOptions())
        var none = engine.curve(of: JobID(9), series: "loss").makeAsyncIterator()
        let step = await none.next()
        #expect(step?.isEnded == true)
        #expect(step?.total == 0)
        #expect(await none.next() == nil)
        let jobs = try await engine.create((0..<3).map { _ in JobSpecification(kind: "a") }, by: me)
        await engine.jobs.caughtUp(to: jobs.sequence)
        let followers = jobs.value.map { job in
            Task {
                var steps: [CurveStep] = []
                for await step in engine.curve(of: job, series: "loss") { steps.append(step) }
                return steps
            }
        }
        followers[0].cancel()
        #expect(await followers[0].value.isEmpty)
        _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
        try await engine.addPoints(points([1]), to: "loss", of: jobs.value[0], by: me)
        try await engine.complete(.job(jobs.value[0]), by: me)
        try await engine.cancel(jobs.value[1], by: me)
        try await engine.prune([jobs.value[1]], by: me)
        let pruned = await followers[1].value
        #expect(pruned.map(\.isEnded) == [true])
        try await engine.close()
        #expect(await followers[2].value.isEmpty)
    }
}
