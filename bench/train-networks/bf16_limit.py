#!/usr/bin/env python3
"""How many times as fast bfloat16 can be at all: convolutions by themselves, forward and backward, against float32.

The shapes are those of resnet18 and compact at 64 px behind a stem of stride 2. Both precisions run in turns in one process, on one thread, with channels
innermost; the median of several rounds counts. A processor with AVX512_BF16 multiplies twice as many bfloat16 as float32 values in an instruction, and memory
holds twice as many: what is above 2 would be float32 done badly.

Needs Debian's python3-torch.
"""
import argparse
import json
import os
import statistics
import sys
import time

# As the trainer has it: memory is kept, or pages asked for anew would be measured. The C library reads this when a process starts.
if "MALLOC_MMAP_THRESHOLD_" not in os.environ:
    os.environ.update(OPENBLAS_NUM_THREADS="1", MALLOC_MMAP_THRESHOLD_="4294967296", MALLOC_TRIM_THRESHOLD_="68719476736", MALLOC_ARENA_MAX="1")
    os.execv(sys.executable, [sys.executable, *sys.argv])
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import torch
from training import idle_share

parser = argparse.ArgumentParser()
parser.add_argument("--rounds", type=int, default=9)
parser.add_argument("--batch", type=int, default=64)
parser.add_argument("--json")
args = parser.parse_args()
torch.set_num_threads(1)
torch.manual_seed(1)

# Channels and side of square maps that a 3 x 3 convolution keeps.
SHAPES = {"resnet18": [(64, 32), (128, 16), (256, 8), (512, 4)], "compact": [(48, 32), (96, 16), (192, 8), (384, 4)]}


def pass_of(channels, side, kind):
    pictures = torch.randn(args.batch, channels, side, side).to(memory_format=torch.channels_last).to(kind).requires_grad_()
    weights = torch.randn(channels, channels, 3, 3).mul_(0.05).to(memory_format=torch.channels_last).to(kind).requires_grad_()
    grad = torch.randn(args.batch, channels, side, side).to(memory_format=torch.channels_last).to(kind)

    def run():
        pictures.grad = weights.grad = None
        began = time.perf_counter()
        torch.nn.functional.conv2d(pictures, weights, padding=1).backward(grad)
        return time.perf_counter() - began
    return run


rows = []
print(f"idle {idle_share(1):.2f}, torch {torch.__version__}, batch {args.batch}, one thread, {args.rounds} rounds in turns")
print("network   channels  side  float32, ms  bfloat16, ms  times as fast")
for network, shapes in SHAPES.items():
    sums = [0.0, 0.0]
    for channels, side in shapes:
        passes = [pass_of(channels, side, kind) for kind in (torch.float32, torch.bfloat16)]
        times = [[], []]
        for i in range(args.rounds + 2):
            for k, run in enumerate(passes):
                seconds = run()
                if i >= 2:
                    times[k].append(seconds)
        plain, reduced = (1000 * statistics.median(t) for t in times)
        sums = [sums[0] + plain, sums[1] + reduced]
        rows.append({"network": network, "channels": channels, "side": side, "float32": plain, "bfloat16": reduced, "ratio": plain / reduced})
        print(f"{network:9s} {channels:8d} {side:5d} {plain:12.2f} {reduced:13.2f} {plain / reduced:14.2f}", flush=True)
    print(f"{network:9s}      all       {sums[0]:12.2f} {sums[1]:13.2f} {sums[0] / sums[1]:14.2f}")
if args.json:
    with open(args.json, "w") as f:
        json.dump(rows, f, indent=2)
