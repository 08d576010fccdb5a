#!/usr/bin/env python3
"""Writes power_law.json beside this script: learning curves and what scipy's bounded least squares makes of them.

Run with Debian's python3-scipy (1.10.1): /usr/bin/python3 power_law.py
"""
import json
import os

import numpy as np
from scipy.optimize import least_squares

HERE = os.path.dirname(os.path.abspath(__file__))
N = np.array([10, 50, 200, 500, 2000, 5400], dtype=float)


def fit(n, errors, deviations):
    best = None
    for b in np.geomspace(0.06, 1.9, 12):
        found = least_squares(lambda p: (p[0] * n ** -p[1] + p[2] - errors) / deviations, [0.5, b, 0.02], bounds=([0, 0.05, 0], [np.inf, 2, np.inf]), xtol=1e-14, ftol=1e-14, gtol=1e-14)
        if best is None or found.cost < best.cost:
            best = found
    return best


rng = np.random.default_rng(1)
cases = []
for a, b, c, noise in [(0.9, 0.5, 0.05, 0), (0.6, 0.45, 0.06, 0.004), (1.5, 0.8, 0, 0.01), (0.3, 0.2, 0, 0.01), (0.0, 1, 0.3, 0.01), (2, 1.2, 0.1, 0.02)]:
    deviations = np.sqrt(np.maximum(1e-4, noise ** 2) * (1 + np.arange(len(N))) / 3)
    errors = np.round(np.clip(a * N ** -b + c + rng.normal(size=len(N)) * deviations * (noise > 0), 0, 1), 6)
    found = fit(N, errors, deviations)
    cases.append({"n": N.tolist(), "errors": errors.tolist(), "deviations": deviations.tolist(), "misfit": 2 * found.cost,
                  "now": float(found.x[0] * 5400 ** -found.x[1] + found.x[2]), "later": float(found.x[0] * 10800 ** -found.x[1] + found.x[2])})
with open(os.path.join(HERE, "power_law.json"), "w") as file:
    json.dump(cases, file, indent=1)
