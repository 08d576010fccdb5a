#!/usr/bin/env python3
"""Writes cases.json beside this script: made-up probabilities and labels, and what the equations of "Confident Learning" (Northcutt et al. 2021) give,
written as array operations over whole matrices, independently of the product's loops.

Run with numpy: /usr/bin/python3 make_golden.py
"""
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def confident_learning(p, y, k):
    own = np.eye(k, dtype=bool)[y]
    support = own.sum(0)
    t = np.where(support > 0, (p * own).sum(0) / np.maximum(support, 1), np.inf)          # eq. 2
    above = np.where(p >= t, p, -1.0)
    confident = above.max(1) >= 0
    star = above.argmax(1)
    counts = np.zeros((k, k))
    np.add.at(counts, (y[confident], star[confident]), 1)                                 # eq. 1
    rows = counts.sum(1, keepdims=True)
    joint = np.where(rows > 0, counts / np.maximum(rows, 1), np.eye(k)) * support[:, None]  # eq. 3, in samples
    flagged = {}
    for i, j in zip(*np.nonzero(~np.eye(k, dtype=bool))):
        margin = np.where(y == i, p[:, j] - p[np.arange(len(y)), y], -np.inf)
        for n in np.argsort(-margin, kind="stable")[: int(np.round(joint[i, j]))]:
            if margin[n] > 0 and margin[n] > flagged.get(n, (0, -1))[0]:
                flagged[n] = (margin[n], j)
    order = sorted(flagged, key=lambda n: (-flagged[n][0], n))
    return joint, [[int(n), int(flagged[n][1])] for n in order]


def case(name, n, k, noise, sharpness, seed, empty=None):
    rng = np.random.RandomState(seed)
    truth = rng.randint(0, k, n)
    logits = rng.randn(n, k) + sharpness * np.eye(k)[truth]
    whole = np.floor(1000 * np.exp(logits) / np.exp(logits).sum(1, keepdims=True)) + 1
    p = whole / whole.sum(1, keepdims=True)
    y = np.where(rng.rand(n) < noise, rng.randint(0, k, n), truth)
    if empty is not None:
        y = np.where(y == empty, (empty + 1) % k, y)
    joint, flagged = confident_learning(p, y, k)
    return {"name": name, "classes": k, "labels": y.tolist(), "whole": whole.astype(int).ravel().tolist(), "joint": joint.ravel().tolist(), "flagged": flagged}


cases = [
    case("clean", 200, 4, 0.0, 5, 1),
    case("noisy", 400, 5, 0.2, 3, 2),
    case("weak", 300, 3, 0.3, 0.7, 3),
    case("binary", 150, 2, 0.15, 2.5, 4),
    case("empty-class", 200, 4, 0.1, 3, 5, empty=2),
]
with open(os.path.join(HERE, "cases.json"), "w") as file:
    json.dump(cases, file)
print({c["name"]: len(c["flagged"]) for c in cases})
