#!/usr/bin/env python3
"""Memory of the trainer over the epochs of one run: it must not grow.

    python3 bench/train-memory.py --data mnist [--epochs 20] [--set samplesPerClass=500] [--json FILE]

Runs `pictor train` and reads the resident memory of its child from /proc at the end of each epoch. Prints a table; growth is the median of
the last five epochs over that of epochs 3 to 7, when everything has been met once.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def children(pid):
    """Processes below one, by the parent that each names."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as f:
                parents[int(name)] = int(f.read().rpartition(")")[2].split()[1])
        except OSError:
            pass
    found, front = [], [pid]
    while front:
        front = [child for child, parent in parents.items() if parent in front]
        found += front
    return found


def resident(pid):
    try:
        with open(f"/proc/{pid}/status") as f:
            return next(int(line.split()[1]) / 1024 for line in f if line.startswith("VmRSS"))
    except (OSError, StopIteration):
        return 0


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--data", required=True)
    options.add_argument("--network", default="mnist-cnn")
    options.add_argument("--epochs", type=int, default=20)
    options.add_argument("--set", action="append", default=[])
    options.add_argument("--json")
    options.add_argument("--pictor", default=os.path.join(ROOT, "pictor"))
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        command = [*given.pictor.split(), "train", "--data", given.data, "--network", given.network, "--epochs", str(given.epochs), "--out", os.path.join(work, "run")]
        for field in given.set:
            command += ["--set", field]
        program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        rows = []
        for line in program.stderr:
            if line.startswith("epoch "):
                rows.append(max(map(resident, [program.pid, *children(program.pid)])))
                print(f"epoch {len(rows):3}  {rows[-1]:8.0f} MiB", flush=True)
        if program.wait() != 0 or len(rows) < 12:
            sys.exit(f"train ended with {program.returncode} after {len(rows)} epochs; 12 at least are needed")
    early, late = statistics.median(rows[2:7]), statistics.median(rows[-5:])
    print(f"epochs 3 to 7: {early:.0f} MiB, the last five: {late:.0f} MiB ({(late / early - 1) * 100:+.1f} %)")
    if given.json:
        with open(given.json, "w") as out:
            json.dump({"epochs": rows, "early": early, "late": late}, out, indent=2)


if __name__ == "__main__":
    main()
