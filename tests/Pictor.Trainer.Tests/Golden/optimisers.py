#!/usr/bin/env python3
"""Writes optimisers.json: fifty steps of PyTorch's own AdamW and SGD on made-up gradients, in double precision.

Needs Debian's python3-torch. Run: /usr/bin/python3 optimisers.py
"""
import json
import os

import torch

STEPS, SIZE = 50, 37


def gradient(step, i):
    """A number without any pattern that C# computes to the same bits: multiples of 1/512 in [-1, 1)."""
    return ((step * 7919 + i * 104729 + step * i * 31) % 1024 - 512) / 512


def run(make, decay, clip=0.0):
    w = torch.tensor([((i * 37) % 64 - 32) / 32 for i in range(SIZE)], dtype=torch.float64, requires_grad=True)
    optimiser = make([w], decay)
    for step in range(1, STEPS + 1):
        for group in optimiser.param_groups:
            group["lr"] = 0.01 * (1 + step % 5)
        w.grad = torch.tensor([gradient(step, i) for i in range(SIZE)], dtype=torch.float64)
        if clip:
            torch.nn.utils.clip_grad_norm_([w], clip)
        optimiser.step()
    return w.detach().tolist()


cases = []
for decay in (0.0, 0.1):
    cases.append({"kind": "adam", "decay": decay, "weights": run(lambda p, d: torch.optim.AdamW(p, lr=0.01, weight_decay=d), decay)})
    cases.append({"kind": "sgd", "decay": decay, "weights": run(lambda p, d: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True, weight_decay=d), decay)})
cases.append({"kind": "sgd", "decay": 0.1, "clip": 1.5, "weights": run(lambda p, d: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True, weight_decay=d), 0.1, 1.5)})
cases.append({"kind": "adamw", "decay": 0.1, "clip": 1.5, "weights": run(lambda p, d: torch.optim.AdamW(p, lr=0.01, weight_decay=d), 0.1, 1.5)})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimisers.json"), "w") as f:
    json.dump({"torch": torch.__version__, "steps": STEPS, "size": SIZE, "cases": cases}, f, indent=1)
    f.write("\n")
