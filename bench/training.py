"""What the benchmarks of training share: one run of the trainer, and how idle the machine is."""
import json
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TRAINER = os.path.join(ROOT, "artifacts", "bin", "Pictor.Trainer", "release", "pictor-train.dll")
CORES = len(os.sched_getaffinity(0))


def cpu_times():
    """All and idle ticks since the start, of all cores."""
    with open("/proc/stat") as f:
        v = [int(x) for x in f.readline().split()[1:9]]
    return sum(v), v[3] + v[4]


def idle_share(seconds):
    t0, i0 = cpu_times()
    time.sleep(seconds)
    t1, i1 = cpu_times()
    return (i1 - i0) / (t1 - t0)


def train(data, recipe, stderr=None):
    """One process; the figures of its last epoch."""
    with tempfile.TemporaryDirectory() as out:
        os.mkdir(os.path.join(out, "checkpoints"))
        job = {"data": data, "out": out, "recipe": recipe, "name": "bench", "version": "1.0.0"}
        with open(os.path.join(out, "config.json"), "w") as f:
            json.dump({"schema": 2, **job}, f)
        env = dict(os.environ, OMP_WAIT_POLICY="PASSIVE", GOMP_SPINCOUNT="0")
        # Standard input stays open: its end would tell the trainer that its parent is gone.
        process = subprocess.Popen(["dotnet", TRAINER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True, env=env)
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.flush()
        epochs = []
        for line in process.stdout:
            message = json.loads(line)
            if message["type"] == "epoch":
                epochs.append(message["metrics"])
            if message["type"] == "failed":
                sys.exit(message["text"])
        process.wait()
        return epochs[-1]
