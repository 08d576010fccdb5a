#!/usr/bin/env python3
"""Writes judging.json beside this script: calibration, thresholds, tests between models, several labels and numbers, by scikit-learn and scipy.

Run with Debian's python3-sklearn (1.2.1, scipy 1.10.1) after make_golden.py: /usr/bin/python3 make_judging.py
"""
import json
import os
import warnings

import numpy as np
from scipy import optimize, special, stats
from sklearn import calibration, metrics

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def number(value):
    return None if np.isnan(value) else float(value)


def table(name):
    with open(os.path.join(HERE, name + ".json"), encoding="utf-8") as file:
        case = json.load(file)
    whole = np.array([[(ord("\\") if c == "~" else ord(c)) - 35 for c in row] for row in case["scores"]])
    divisor = case["divisor"] or whole.sum(axis=1, keepdims=True)
    return np.array(case["truth"]), whole / divisor


def probabilities(scores):
    sums = scores.sum(axis=1, keepdims=True)
    return np.where(np.abs(sums - 1) <= 1e-5, np.minimum(scores, 1), scores / sums)


def thresholds(truth, p, k, wanted):
    precision, recall, cuts = metrics.precision_recall_curve(truth == k, p[:, k])
    good = [(r, c, q) for q, r, c in zip(precision[:-1], recall[:-1], cuts) if q >= wanted and r > 0]
    if not good:
        return None
    r, c, q = min(good, key=lambda g: g[1])
    return {"threshold": float(c), "precision": float(q), "recall": float(r)}


def single(name):
    truth, scores = table(name)
    p = probabilities(scores)
    answers = scores.argmax(axis=1)
    sure, right = p.max(axis=1), (answers == truth).astype(int)
    out = {"brier": float(((p - np.eye(p.shape[1])[truth]) ** 2).sum(axis=1).mean())}
    if p.shape[1] == 2:
        assert abs(out["brier"] - 2 * metrics.brier_score_loss(truth, p[:, 1])) < 1e-12
    for kind, strategy in (("width", "uniform"), ("mass", "quantile")):
        accuracy, confidence = calibration.calibration_curve(right, sure, n_bins=10, strategy=strategy)
        out[kind] = {"accuracy": accuracy.tolist(), "confidence": confidence.tolist(), "maximum": float(np.abs(accuracy - confidence).max())}
    logs = np.maximum(-87.33, np.log(np.where(p > 0, p, 1e-300)))

    def loss(t):
        z = logs / np.exp(t)
        return float((special.logsumexp(z, axis=1) - z[np.arange(len(truth)), truth]).mean())

    found = optimize.minimize_scalar(loss, bounds=(np.log(0.05), np.log(20)), method="bounded", options={"xatol": 1e-12})
    out["temperature"], out["scaledLoss"] = float(np.exp(found.x)), float(found.fun)
    out["thresholds"] = [thresholds(truth, scores, k, 0.6) for k in range(p.shape[1])]
    return out


def multi(rng, samples, classes):
    truth = rng.random((samples, classes)) < np.linspace(0.05, 0.6, classes)
    truth[:, 1] = False
    scores = np.round(np.clip(rng.normal(0.35 + 0.3 * truth, 0.2), 0, 1), 3)
    cuts = np.round(np.linspace(0.3, 0.6, classes), 2)
    named = scores >= cuts
    p, r, f, support = metrics.precision_recall_fscore_support(truth, named, zero_division=0)
    averages = {}
    for average in ("macro", "weighted", "micro"):
        a = metrics.precision_recall_fscore_support(truth, named, average=average, zero_division=0)
        averages[average] = {"precision": float(a[0]), "recall": float(a[1]), "f1": float(a[2])}
    present = [k for k in range(classes) if truth[:, k].any()]
    return {
        "truth": truth.astype(int).tolist(), "scores": scores.tolist(), "cuts": cuts.tolist(),
        "precision": p.tolist(), "recall": r.tolist(), "f1": f.tolist(), "support": support.tolist(), **averages,
        "averagePrecision": [number(metrics.average_precision_score(truth[:, k], scores[:, k])) if k in present else None for k in range(classes)],
        "meanAveragePrecision": float(np.mean([metrics.average_precision_score(truth[:, k], scores[:, k]) for k in present])),
        "microAuc": float(metrics.roc_auc_score(truth.ravel(), scores.ravel())),
        "exactMatch": float(metrics.accuracy_score(truth, named)), "hammingLoss": float(metrics.hamming_loss(truth, named)),
        "logLoss": float(metrics.log_loss(truth.ravel(), np.clip(scores.ravel(), 2.220446049250313e-16, 1 - 2.220446049250313e-16))),
        "brier": float(metrics.brier_score_loss(truth.ravel(), scores.ravel())),
    }


def regression(truth, predicted):
    truth, predicted = np.asarray(truth, dtype=float), np.asarray(predicted, dtype=float)
    return {
        "truth": truth.tolist(), "predicted": predicted.tolist(),
        "meanAbsoluteError": float(metrics.mean_absolute_error(truth, predicted)),
        "rootMeanSquaredError": float(np.sqrt(metrics.mean_squared_error(truth, predicted))),
        "medianAbsoluteError": float(metrics.median_absolute_error(truth, predicted)), "maximumError": float(metrics.max_error(truth, predicted)),
        "r2": float(metrics.r2_score(truth, predicted)) if np.ptp(truth) > 0 else None, "spearman": number(stats.spearmanr(truth, predicted)[0]),
    }


def mcnemar(b, c):
    if b + c < 25:
        return stats.binomtest(min(b, c), b + c, 0.5).pvalue if b + c else 1.0
    return float(stats.chi2.sf(max(0, abs(b - c) - 1) ** 2 / (b + c), 1))


rng = np.random.default_rng(21)
truth = np.round(rng.normal(40, 12, 120), 1)
out = {
    "single": {name: single(name) for name in ("random", "ties", "imbalanced", "absent", "binary", "unnormalised", "many-classes")},
    "multi": multi(rng, 150, 6),
    "regression": [regression(truth, np.round(truth + rng.normal(1, 5, 120), 1)), regression([1, 1, 2, 2, 3], [3, 2, 2, 1, 1]), regression([5, 5, 5], [4, 5, 7])],
    "mcnemar": [{"b": b, "c": c, "p": mcnemar(b, c)} for b, c in [(0, 0), (1, 0), (0, 6), (3, 9), (12, 12), (5, 19), (13, 12), (10, 30), (40, 41), (60, 140), (2, 200), (500, 900)]],
}
with open(os.path.join(HERE, "judging.json"), "w", encoding="utf-8") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
