#!/usr/bin/env python3
"""Pictor's networks against PyTorch, and bfloat16 against float32: a pass over made-up colour pictures, forward, backward and step.

A run is one process that makes two passes; the second is timed. Pictor and its peer alternate; the median of several counts. PyTorch takes the
better of channels_last and its usual layout at every number of threads (one trial each), unless the machine is busy by plan (--busy): then another
process holds one core throughout, and PyTorch runs at its default setting. The idle share of the machine is printed before each run.

Build first: dotnet build -c Release src/Pictor.Trainer; the peer is Debian's python3-torch.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from training import CORES, TRAINER, idle_share, train

# Enough for seconds, few enough for patience: pictures at 32 px.
PICTURES = {"mnist-cnn": 16384, "resnet9": 1536, "resnet18": 1024, "vgg11": 3072, "compact": 3072}

parser = argparse.ArgumentParser()
parser.add_argument("--networks", default="mnist-cnn,resnet9,resnet18,vgg11")
parser.add_argument("--precisions", default="float32", help="float32, bfloat16 or both, divided by a comma; the peer runs beside float32 only")
parser.add_argument("--sizes", default="32")
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--batch", type=int, default=128)
parser.add_argument("--share", type=float, default=1, help="of the usual number of pictures")
parser.add_argument("--busy", action="store_true", help="hold one core by another process")
parser.add_argument("--no-peer", action="store_true")
parser.add_argument("--json")
args = parser.parse_args()


def made_up(folder, size, count):
    """Random colour pictures in the binary files of CIFAR-10; the trainer brings them to the size that is asked for."""
    import random
    rng = random.Random(1)
    with open(os.path.join(folder, "data_batch_1.bin"), "wb") as f:
        for i in range(count):
            f.write(bytes([i % 10]) + rng.randbytes(3 * 32 * 32))
    with open(os.path.join(folder, "test_batch.bin"), "wb") as f:
        f.write(b"".join(bytes([i % 10]) + rng.randbytes(3 * 32 * 32) for i in range(10)))
    with open(os.path.join(folder, "batches.meta.txt"), "w") as f:
        f.write("\n".join(f"class{i}" for i in range(10)) + "\n")


def pictor(network, size, count, precision):
    with tempfile.TemporaryDirectory() as data:
        # A tenth is held back for validation, which is not timed apart; so much more is made.
        made_up(data, size, round(count / 0.9))
        recipe = {"network": network, "size": size, "channels": 3, "epochs": 2, "batch": args.batch, "threads": CORES, "precision": precision,
                  "optimizer": {"kind": "sgd", "learningRate": 1e-4}, "schedule": {"kind": "constant"}}
        return train(data, recipe, stderr=subprocess.DEVNULL)["seconds"]


def pytorch(network, size, count, *settings):
    command = ["/usr/bin/python3", os.path.join(HERE, "peer.py"), network, str(size), str(count), str(args.batch), *settings]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, env=dict(os.environ, OPENBLAS_NUM_THREADS="1")).stdout.splitlines()[-1])["seconds"]


def best_setting(network, size, count):
    if args.busy:
        return [str(CORES)]
    settings = [[str(t), *layout] for t in range(1, CORES + 1) for layout in ([], ["channels-last"])]
    return min(settings, key=lambda s: pytorch(network, size, max(256, count // 4), *s))


def measure(name, job):
    free = idle_share(1.0)
    seconds = job()
    print(f"  {name:28} idle {free:5.1%} before: {seconds:6.2f} s", flush=True)
    return seconds


rows, hog = [], None
if args.busy:
    hog = subprocess.Popen([sys.executable, "-c", "import os,time\nend=time.time()+3600\nwhile time.time()<end: pass"])
try:
    for size in map(int, args.sizes.split(",")):
        for network in args.networks.split(","):
            count = int(PICTURES[network] * args.share * 32 * 32 / size / size)
            count = max(args.batch * 2, count // args.batch * args.batch)
            peer = None if args.no_peer else best_setting(network, size, count)
            times = {p: [] for p in args.precisions.split(",")}
            if peer:
                times["peer"] = []
            print(f"{network} at {size} px, {count} pictures" + (f"; PyTorch {' '.join(peer)}" if peer else ""), flush=True)
            for _ in range(args.runs):
                for precision in args.precisions.split(","):
                    times[precision].append(measure(f"pictor {precision}", lambda: pictor(network, size, count, precision)))
                if peer:
                    times["peer"].append(measure("pytorch " + " ".join(peer), lambda: pytorch(network, size, count, *peer)))
            medians = {name: statistics.median(t) for name, t in times.items()}
            rows.append({"network": network, "size": size, "pictures": count, "busy": args.busy, "peer": peer, "seconds": times, "median": medians})
finally:
    if hog:
        hog.kill()

print("\n| network | px | " + " | ".join(f"{p}, pictures/s" for p in args.precisions.split(",")) + " | PyTorch, pictures/s | time ratio |\n|---|---|" + "---|" * (len(args.precisions.split(",")) + 2))
for row in rows:
    m, n = row["median"], row["pictures"]
    ratio = m["float32"] / m["peer"] if "peer" in m and "float32" in m else m["float32"] / m["bfloat16"] if {"float32", "bfloat16"} <= m.keys() else float("nan")
    print(f"| {row['network']} | {row['size']} | " + " | ".join(f"{n / m[p]:,.0f}" for p in args.precisions.split(",")) + f" | {n / m['peer']:,.0f} ({' '.join(row['peer'])}) | {ratio:.2f} |" if "peer" in m
          else f"| {row['network']} | {row['size']} | " + " | ".join(f"{n / m[p]:,.0f}" for p in args.precisions.split(",")) + f" | | {ratio:.2f} |")
if args.json:
    with open(args.json, "w") as f:
        json.dump(rows, f, indent=2)
        f.write("\n")
