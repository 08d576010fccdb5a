#!/usr/bin/env python3
"""Writes heads.json: scikit-learn's logistic regressions and Huber regression on made-up features, solved to high precision.

Needs Debian's python3-sklearn. Run: /usr/bin/python3 heads.py
"""
import json
import os

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

ROWS, LENGTH, CLASSES = 90, 21, 4
KNEE = 1.345


def feature(r, i):
    """A number without any pattern that C# computes to the same bits, moved by the row's class."""
    noise = ((r * 7919 + i * 104729 + r * i * 31) % 1024 - 512) / 512
    return noise + (0.75 if i % CLASSES == r % CLASSES else 0.0)


X = np.array([[feature(r, i) for i in range(LENGTH)] for r in range(ROWS)])
# Every seventh row is labelled wrongly, so that nothing can be separated; the last class is rare.
y = np.array([(r + (1 if r % 7 == 0 else 0)) % CLASSES for r in range(ROWS)])
y = np.where((y == 3) & (np.arange(ROWS) % 3 != 0), 0, y)
several = np.array([[1 if (r % CLASSES == c or (r * 5 + c * 3) % 11 == 0) else 0 for c in range(CLASSES)] for r in range(ROWS)])
number = np.array([X[r, 0] - 2 * X[r, 5] + (4.0 if r % 13 == 0 else 0.0) for r in range(ROWS)])

out = {"rows": ROWS, "length": LENGTH, "classes": CLASSES, "y": y.tolist(), "several": several.tolist(), "number": number.tolist(), "softmax": [], "sigmoid": [], "huber": []}
for penalty in (0.1, 0.01, 0.001):
    for balanced in (False, True):
        # scikit-learn minimises C * sum of losses + |w|^2 / 2; the mean of losses + penalty |w|^2 / 2 is the same with C = 1 / (penalty * weight).
        model = LogisticRegression(C=1 / (penalty * ROWS), class_weight="balanced" if balanced else None, tol=1e-10, max_iter=100000).fit(X, y)
        out["softmax"].append({"penalty": penalty, "balanced": balanced, "weights": model.coef_.tolist(), "probabilities": model.predict_proba(X[:5]).tolist()})
    coefficients, biases = [], []
    for c in range(CLASSES):
        model = LogisticRegression(C=1 / (penalty * ROWS), tol=1e-10, max_iter=100000).fit(X, several[:, c])
        coefficients.append(model.coef_[0].tolist())
        biases.append(model.intercept_[0])
    out["sigmoid"].append({"penalty": penalty, "weights": coefficients, "bias": biases})

    def loss(p):
        e = X @ p[:-1] + p[-1] - number
        small = np.abs(e) <= KNEE
        value = np.where(small, e * e / 2, KNEE * (np.abs(e) - KNEE / 2)).mean() + penalty / 2 * p[:-1] @ p[:-1]
        d = np.clip(e, -KNEE, KNEE) / ROWS
        return value, np.append(X.T @ d + penalty * p[:-1], d.sum())

    best = minimize(loss, np.zeros(LENGTH + 1), jac=True, method="BFGS", options={"gtol": 1e-10, "maxiter": 100000})
    out["huber"].append({"penalty": penalty, "weights": best.x[:-1].tolist(), "bias": best.x[-1], "loss": best.fun})

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "heads.json"), "w") as f:
    json.dump(out, f, indent=0)
    f.write("\n")
