#!/usr/bin/env python3
"""A stand-in for harness-worker that measures nothing: it speaks the observation stream, well or badly, to test how the coordinator
listens. SCRIPT (environment) is a list of words:
  prepares   says what it prepares before its trials
  garbage    lines that are no events among the others
  twice      every line twice
  die:N      killed by a signal after N trials
  leave:N    ends with exit code 0 after N trials, without `finished`
  fail:NAME  every trial in the runtime NAME answers wrongly
  missing:NAME  the runtime NAME cannot run here
  slow:S     S seconds a trial
  stubborn   ignores SIGTERM
  version:N  greets as version N
  holder     leaves a process behind that holds the output open
  silent     says nothing for ever
  faults:N   the first N trials of every job read from disk
  always:NAME  every trial in the runtime NAME reads from disk
  omit:NAME  says nothing of every second trial in the runtime NAME, and that its block is finished all the same
  nan:NAME   gives NaN as the exit of every second trial in the runtime NAME
  spread:S   logarithms of times have the standard deviation S (0.05)
"""
import json
import os
import random
import signal
import subprocess
import sys
import time

words = dict((word.partition(":")[0], word.partition(":")[2]) for word in os.environ.get("SCRIPT", "").split())
job = json.load(open(sys.argv[1]))
stopping = False


def stop(*_):
    global stopping
    stopping = True


signal.signal(signal.SIGTERM, signal.SIG_IGN if "stubborn" in words else stop)


def say(kind, value):
    line = json.dumps({"type": kind, "value": value}) + "\n"
    for _ in range(2 if "twice" in words else 1):
        sys.stdout.write(line)
    if "garbage" in words:
        sys.stdout.write('{"type":"trial"}\nPanic: not JSON \x1b[31m\n{"type":"unheard-of","value":1}\n\n')
    sys.stdout.flush()


while "silent" in words:
    time.sleep(1)
machine = dict(
    hostname=os.environ.get("HOST", "scripted"), cpuModel="none", cpuCount=1, memoryBytes=1 << 30, kernel="6", distribution="none", virtualization="none",
    governor="none", mitigations={}, cgroup="none", tools={}, hashes={"/bin/true": os.environ.get("HASH", "00")})
say("started", dict(version=int(words.get("version", job["version"])), run=job["run"], attempt=job["attempt"], environment=machine))
if "missing" in words:
    say("unavailable", dict(runtime=words["missing"], reason="it was said to be missing", remedy="say otherwise"))
if "prepares" in words:
    for stage in ("set-up", "warm-up"):
        say("preparing", dict(stage=stage, workload="hello", runtime="native", done=1, total=6))
if "holder" in words:
    subprocess.Popen(["sleep", "30"], stdin=subprocess.DEVNULL, start_new_session=True)
arms = {workload["name"]: workload["arms"] for workload in job["workloads"]}
done = 0
clock = 1_000_000_000
for block in job["blocks"]:
    order = [arm for arm in arms[block["workload"]] if arm != words.get("missing")]
    rng = random.Random(f'{job["seed"]} {block["workload"]} {block["index"]}')
    rng.shuffle(order)
    for position, runtime in enumerate(order):
        if stopping:
            sys.exit(0)
        time.sleep(float(words.get("slow", "0")))
        wall = int(rng.lognormvariate(0, float(words.get("spread", "0.05"))) * (1_000_000 if runtime == "native" else 3_000_000))
        memory = int(os.environ.get("MEMORY", "0")) if "64" in block["workload"] else 0
        bad = runtime == words.get("fail")
        if runtime == words.get("omit") and block["index"] % 2:
            continue
        exited = float("nan") if runtime == words.get("nan") and block["index"] % 2 else clock + wall
        say("trial", dict(
            run=job["run"], workload=block["workload"], block=block["index"], trial=position, attempt=job["attempt"], runtime=runtime,
            outcome="wrong-output" if bad else "passed", detail="expected \"hello\", found \"hallo\"" if bad else "", exitCode=0,
            times=dict(spawned=clock, firstByte=clock + wall // 2, exited=exited, reaped=clock + wall + 50_000),
            resources=dict(userTime=wall // 2, systemTime=wall // 4, peakMemory=(1 << 20) + memory, memorySource="launcher"),
            phases=[dict(name="read", nanoseconds=1000), dict(name="instantiate", nanoseconds=2000)] if runtime == "interpreter" else [],
            evidence=dict(stealTicks=0, voluntarySwitches=1, involuntarySwitches=0, minorFaults=100,
                          majorFaults=int(done < int(words.get("faults", "0")) or runtime == words.get("always")))))
        clock += wall + 100_000
        done += 1
        if words.get("die") == str(done):
            os.kill(os.getpid(), signal.SIGKILL)
        if words.get("leave") == str(done):
            print("scripted-worker: leaving early", file=sys.stderr)
            sys.exit(0)
    say("block-finished", block)
say("finished", len(job["blocks"]))
