import Observations
import Testing

@Suite struct InvalidationTests {
  /// A trial of 100 ms that nothing disturbed.
  private func trial(_ change: (inout Observation) -> Void = { _ in }) -> Observation {
    var trial = Observation(
      run: "r", workload: "w", block: 0, trial: 0, attempt: 0, runtime: "a", outcome: .passed,
      times: TrialTimes(spawned: 0, exited: 100_000_000, reaped: 100_000_000), resources: TrialResources())
    change(&trial)
    return trial
  }

  private func reason(
    _ change: (inout Observation) -> Void, usual: UInt64 = 0, cache: CacheState = .warm, cpuCount: Int = 2
  ) -> Invalidation? {
    Invalidation.reason(for: trial(change), usualSwitches: usual, cache: cache, cpuCount: cpuCount)
  }

  @Test func an_undisturbed_trial_counts_whatever_its_time_is() {
    #expect(reason { _ in } == nil)
    #expect(reason { $0.times.exited = 1 } == nil)
    #expect(reason { $0.times.exited = 1 << 50 } == nil)
  }

  @Test func reading_from_disk_invalidates_unless_the_cache_was_to_be_cold() {
    for cache in [CacheState.warm, .hot] { #expect(reason({ $0.evidence.majorFaults = 1 }, cache: cache) == .majorFaults) }
    #expect(reason({ $0.evidence.majorFaults = 1 }, cache: .cold) == nil)
    // Of a long trial one read is nothing, a hundred are.
    let long: (inout Observation) -> Void = { $0.times.exited = $0.times.spawned + 9_000_000_000 }
    #expect(
      reason {
        long(&$0)
        $0.evidence.majorFaults = 1
      } == nil)
    #expect(
      reason {
        long(&$0)
        $0.evidence.majorFaults = 100
      } == .majorFaults)
  }

  @Test func stolen_time_invalidates_above_a_tenth_of_what_all_processors_had() {
    // 100 ms on 2 CPUs are 200 ms, a tenth of that 2 ticks; of 3 ticks between two readings only 2 are certain, of 4 three.
    #expect(reason { $0.evidence.stealTicks = 3 } == nil)
    #expect(reason { $0.evidence.stealTicks = 4 } == .stolenTime)
    #expect(reason({ $0.evidence.stealTicks = 4 }, cpuCount: 3) == nil)
  }

  @Test func a_short_trial_may_wait_as_long_as_other_work_makes_every_process_wait() {
    let short: (inout Observation) -> Void = { $0.times.exited = $0.times.spawned + 2_000_000 }
    #expect(
      reason {
        short(&$0); $0.evidence.runDelay = 1_900_000
      } == nil)
    #expect(
      reason {
        short(&$0); $0.evidence.runDelay = 20_000_001
      } == .runDelay)
  }

  @Test func waiting_for_a_processor_invalidates_above_half_of_the_time() {
    #expect(reason { $0.evidence.runDelay = 50_000_000 } == nil)
    #expect(reason { $0.evidence.runDelay = 50_000_001 } == .runDelay)
  }

  @Test func a_throttled_processor_or_a_set_clock_invalidates() {
    #expect(reason { $0.evidence.throttles = 1 } == .throttled)
    #expect(reason { $0.evidence.clockStep = 1_000_000 } == nil)
    #expect(reason { $0.evidence.clockStep = 1_000_001 } == .clockStep)
    #expect(reason { $0.evidence.clockStep = -1_000_001 } == .clockStep)
    #expect(reason { $0.evidence.clockStep = .min } == .clockStep)
  }

  @Test func far_more_switches_than_usual_invalidate() {
    #expect(reason({ $0.evidence.involuntarySwitches = 10 }) == nil)
    #expect(reason({ $0.evidence.involuntarySwitches = 11 }) == .involuntarySwitches)
    #expect(reason({ $0.evidence.involuntarySwitches = 40 }, usual: 3) == nil)
    #expect(reason({ $0.evidence.involuntarySwitches = 41 }, usual: 3) == .involuntarySwitches)
  }

  @Test func a_failed_trial_stays_failed() {
    #expect(
      reason {
        $0.outcome = .timedOut
        $0.evidence.majorFaults = 9
      } == nil)
  }

  @Test func a_cell_is_noisy_above_a_tenth_of_its_trials() {
    func cell(_ disturbed: Int, of count: Int) -> Validity.Count {
      let trials = (0..<count).map { index in
        trial {
          $0.block = index
          $0.evidence.majorFaults = index < disturbed ? 1 : 0
        }
      }
      return Validity(trials, cache: .warm, cpuCount: 2).count(of: "w", in: "a")
    }
    #expect(!cell(0, of: 20).isNoisy)
    #expect(!cell(2, of: 20).isNoisy)
    #expect(cell(3, of: 20).isNoisy)
    #expect(cell(3, of: 20).reasons == [.majorFaults: 3])
  }

  @Test func a_workload_may_be_cold_in_a_run_that_is_not() {
    var workload = Workload(name: "w", arms: ["a"])
    let trials = (0..<6).map { block in
      trial {
        $0.block = block
        $0.evidence.majorFaults = 1000
      }
    }
    #expect(Validity(trials, cache: .warm, workloads: [workload], cpuCount: 2).count(of: "w", in: "a").reasons == [.majorFaults: 6])
    workload.cache = .cold
    #expect(Validity(trials, cache: .warm, workloads: [workload], cpuCount: 2).count(of: "w", in: "a").invalidated == 0)
    // The same where trials are read one after the other.
    var cold = samplePlan().run
    cold.cache = .warm
    var builder = MeasuredRunBuilder(
      run: cold, environment: nil, workloads: [workload],
      runtimes: [RuntimeDescription(name: "a", summary: "", path: .process, program: .module)], unavailable: [])
    for trial in trials { builder.add(trial) }
    #expect(builder.finish().arms.first?.invalidated.isEmpty == true)
    workload.cache = .warm
    #expect(Validity(trials, cache: .cold, workloads: [workload], cpuCount: 2).count(of: "w", in: "a").invalidated == 6)
  }

  @Test func a_pair_counts_only_where_both_trials_do() {
    var trials: [Observation] = []
    for block in 0..<6 {
      for runtime in ["a", "b"] {
        trials.append(
          trial {
            $0.block = block
            $0.runtime = runtime
            $0.times.exited = runtime == "a" ? 100 : 200
            if block == 1, runtime == "b" { $0.evidence.throttles = 1 }
            if block == 2, runtime == "a" { $0.outcome = .crashed }
          })
      }
    }
    trials.removeAll { $0.block == 3 && $0.runtime == "a" }
    let validity = Validity(trials, cache: .warm, cpuCount: 2)
    let pairs = Pairs(trials.shuffled(), workload: "w", baseline: "a", candidate: "b", metric: .wallTime, validity: validity)
    #expect(pairs.baseline == [100, 100, 100])
    #expect(pairs.candidate == [200, 200, 200])
    #expect(pairs.invalidated == 1)
  }
}
