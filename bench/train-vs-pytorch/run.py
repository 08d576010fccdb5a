#!/usr/bin/env python3
"""Runs the trainer and its peer in turn and compares their epochs. Started by run.sh, which builds and installs what is needed.

A run is one process that trains two epochs; the second is timed, so start-up and warm-up count for neither. Before each run the idle share of
the machine is printed; a run that began below 95 %, or during which other processes took more than 5 % of the cores, is discarded and repeated.
PyTorch is tried with every number of threads up to the cores, in its default layout and channels_last, with and without foreach;
its two fastest settings then alternate with Pictor, and the better median counts.
"""
import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from training import CORES, ROOT, TRAINER, cpu_times, idle_share, train

EPOCHS = 2

parser = argparse.ArgumentParser()
parser.add_argument("--runs", type=int, default=3, help="valid runs of each (3)")
parser.add_argument("--json", help="file for the figures")
parser.add_argument("--peer", help="only this setting of PyTorch, such as '2' or '2 channels-last foreach'")
parser.add_argument("--data", default=os.path.join(os.environ.get("PICTOR_DATA") or os.path.join(ROOT, "..", "shared", "data"), "mnist"))
parser.add_argument("--anyway", action="store_true", help="keep runs on a busy machine too; the figures then say so and mean nothing")
args = parser.parse_args()


def pictor():
    recipe = {"network": "mnist-cnn", "epochs": EPOCHS, "batch": 64, "threads": CORES,
              "optimizer": {"kind": "adam", "learningRate": 1e-3}, "schedule": {"kind": "constant"}}
    return train(os.path.abspath(args.data), recipe)


def pytorch(*settings):
    command = ["/usr/bin/python3", os.path.join(HERE, "peer.py"), args.data, str(EPOCHS), *settings]
    lines = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=dict(os.environ, OPENBLAS_NUM_THREADS="1")).stdout.splitlines()
    return json.loads(lines[-1])


def measure(name, job):
    """One valid run."""
    for attempt in range(20):
        idle = idle_share(2.0)
        if idle < 0.95 and not args.anyway:
            print(f"{name:34} idle {idle:6.1%} before: waiting", flush=True)
            time.sleep(5)
            continue
        before, (total0, idle0) = resource.getrusage(resource.RUSAGE_CHILDREN), cpu_times()
        result = job()
        after, (total1, idle1) = resource.getrusage(resource.RUSAGE_CHILDREN), cpu_times()
        own = (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * os.sysconf("SC_CLK_TCK")
        others = max(0.0, (total1 - total0 - (idle1 - idle0) - own) / (total1 - total0))
        valid = others <= 0.05
        print(f"{name:34} idle {idle:6.1%} before, others {others:5.1%} during: {result['seconds']:6.2f} s, "
              f"val accuracy {result['valAccuracy']:.4f}{'' if valid else '   (discarded)' if not args.anyway else '   (busy)'}", flush=True)
        if valid or args.anyway:
            return {**result, "idle": idle, "others": others}
    sys.exit("The machine does not become quiet; nothing was measured.")


def processor():
    with open("/proc/cpuinfo") as f:
        return next((l.split(":", 1)[1].strip() for l in f if l.startswith("model name")), platform.machine())


if not os.path.exists(TRAINER):
    sys.exit("The trainer is not built; start run.sh.")
if args.peer:
    best = [args.peer.split()]
else:
    settings = [[str(t), *layout, *style] for t in range(1, CORES + 1) for layout in ([], ["channels-last"]) for style in ([], ["foreach"])]
    print("PyTorch's settings, one run each:")
    tried = sorted((measure("pytorch " + " ".join(s), lambda s=s: pytorch(*s))["seconds"], s) for s in settings)
    best = [s for _, s in tried[:2]]
print("\nIn turn:")
runs = {"pictor": [], **{"pytorch " + " ".join(s): [] for s in best}}
for _ in range(args.runs):
    runs["pictor"].append(measure("pictor", pictor))
    for s in best:
        name = "pytorch " + " ".join(s)
        runs[name].append(measure(name, lambda s=s: pytorch(*s)))

medians = {name: statistics.median(r["seconds"] for r in results) for name, results in runs.items()}
peer = min((name for name in medians if name != "pictor"), key=medians.get)
figures = {
    "job": "MNIST, mnist-cnn, batch 64, Adam, one pass over 54,000 pictures and a judgement of 6,000",
    "processor": processor(), "cores": CORES, "system": platform.platform(), "runs": args.runs, "busy": args.anyway,
    "pytorch": runs[peer][0]["version"], "dotnet": subprocess.run(["dotnet", "--version"], stdout=subprocess.PIPE, text=True).stdout.strip(),
    "secondsMedian": medians, "seconds": {name: [r["seconds"] for r in results] for name, results in runs.items()},
    "peer": peer, "ratio": medians["pictor"] / medians[peer],
}
print(f"\n| program | median s | all | pictures/s |\n|---|---|---|---|")
for name, median in medians.items():
    print(f"| {name} | {median:.2f} | {', '.join(f'{s:.2f}' for s in figures['seconds'][name])} | {54000 / median:,.0f} |")
print(f"\nratio {figures['ratio']:.3f} (pictor / {peer}); PyTorch {figures['pytorch']}, SDK {figures['dotnet']}, {figures['processor']}, {CORES} cores"
      + (" -- ON A BUSY MACHINE" if args.anyway else ""))
if args.json:
    with open(args.json, "w") as f:
        json.dump(figures, f, indent=2)
        f.write("\n")
