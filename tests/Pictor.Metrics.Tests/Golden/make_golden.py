#!/usr/bin/env python3
"""Writes the golden cases beside this script: made-up predictions and what scikit-learn makes of them.

Run with Debian's python3-sklearn (1.2.1): /usr/bin/python3 make_golden.py
Scores are stored as whole numbers; a sample's scores are those divided by `divisor`, or by their sum where it is 0.
"""
import json
import os
import warnings

import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def number(value):
    return None if value is None or np.isnan(value) else float(value)


def auc(positive, scores):
    return metrics.roc_auc_score(positive, scores) if 0 < positive.sum() < len(positive) else np.nan


def calibration_error(truth, scores, predicted):
    """Fifteen equal bins, open below and closed above; scikit-learn has none."""
    sums = scores.sum(axis=1)
    top = scores.max(axis=1)
    top = np.where(sums == 0, 1 / scores.shape[1], np.where(np.abs(sums - 1) <= 1e-5, np.minimum(top, 1), top / np.where(sums == 0, 1, sums)))
    bins = np.digitize(top, np.arange(1, 15) / 15, right=True)
    error = 0.0
    for b in range(15):
        inside = bins == b
        if inside.any():
            error += inside.sum() * abs(top[inside].mean() - (predicted[inside] == truth[inside]).mean())
    return error / len(truth)


def averages(truth, predicted, labels, average):
    p, r, f, _ = metrics.precision_recall_fscore_support(truth, predicted, labels=labels, average=average, zero_division=0)
    return {"precision": float(p), "recall": float(r), "f1": float(f)}


def case(name, truth, whole, divisor=0, report=True):
    truth, whole = np.asarray(truth), np.asarray(whole)
    classes = whole.shape[1]
    labels = list(range(classes))
    scores = whole / divisor if divisor else whole / whole.sum(axis=1, keepdims=True)
    predicted = scores.argmax(axis=1)
    onehot = np.zeros(scores.shape, dtype=int)
    onehot[np.arange(len(truth)), truth] = 1
    p, r, f, support = metrics.precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=0)
    aucs = [auc(onehot[:, k], scores[:, k]) for k in labels]
    aps = [metrics.average_precision_score(onehot[:, k], scores[:, k]) if onehot[:, k].any() else np.nan for k in labels]
    names = [f"class {k}" if k % 3 else f"a longer name of class {k}" for k in labels] if classes < 20 else [f"n{k:05d}" for k in labels]
    out = {
        "truth": truth.tolist(), "divisor": divisor, "names": names,
        "accuracy": metrics.accuracy_score(truth, predicted),
        "confusion": metrics.confusion_matrix(truth, predicted, labels=labels).tolist() if classes < 20 else None,
        "precision": p.tolist(), "recall": r.tolist(), "f1": f.tolist(), "support": support.tolist(),
        "auc": [number(v) for v in aucs], "averagePrecision": [number(v) for v in aps],
        "macro": averages(truth, predicted, labels, "macro"), "weighted": averages(truth, predicted, labels, "weighted"), "micro": averages(truth, predicted, labels, "micro"),
        "macroAuc": number(np.nanmean(aucs)) if not np.isnan(aucs).all() else None,
        "microAuc": number(auc(onehot.ravel(), scores.ravel())),
        "macroAveragePrecision": number(np.nanmean(aps)),
        "logLoss": float(metrics.log_loss(truth, scores, labels=labels)) if classes > 1 else 0.0,
        "calibrationError": float(calibration_error(truth, scores, predicted)),
    }
    if classes > 2 and np.allclose(scores.sum(axis=1), 1) and len(set(truth)) == classes:
        # The multiclass form must say the same as the mean of one-against-rest above.
        assert abs(metrics.roc_auc_score(truth, scores, multi_class="ovr", labels=labels) - out["macroAuc"]) < 1e-12
    if classes < 20:
        k = int(np.argmax(support))
        if support[k] < len(truth):
            fpr, tpr, _ = metrics.roc_curve(onehot[:, k], scores[:, k], drop_intermediate=False)
            precision, recall, _ = metrics.precision_recall_curve(onehot[:, k], scores[:, k])
            out["curves"] = {"class": k, "fpr": fpr.tolist(), "tpr": tpr.tolist(), "precision": precision[::-1].tolist(), "recall": recall[::-1].tolist()}
    if report:
        out["report"] = metrics.classification_report(truth, predicted, labels=labels, target_names=names, digits=4, zero_division=0)
    out["scores"] = ["".join(chr(35 + v) if chr(35 + v) != "\\" else "~" for v in row) for row in whole.tolist()]
    with open(os.path.join(HERE, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(out, file, separators=(",", ":"), ensure_ascii=False)
        file.write("\n")


def drawn(rng, samples, classes, levels, skill, weights=None):
    truth = rng.choice(classes, samples, p=weights)
    whole = rng.integers(0, levels, (samples, classes))
    whole[np.arange(samples), truth] += rng.integers(0, skill + 1, samples)
    whole[whole.sum(axis=1) == 0] += 1
    return truth, np.minimum(whole, 90)


rng = np.random.default_rng(20)
case("random", *drawn(rng, 300, 7, 60, 30))
case("ties", *drawn(rng, 400, 5, 4, 2))
case("all-equal", rng.choice(3, 60), np.ones((60, 3), dtype=int))
case("imbalanced", *drawn(rng, 500, 4, 30, 25, [0.9, 0.07, 0.02, 0.01]))
truth, whole = drawn(rng, 250, 8, 40, 30, [0.3, 0.3, 0, 0.2, 0.1, 0, 0.1, 0])
case("absent", truth, whole, report=False)
case("binary", *drawn(rng, 200, 2, 40, 20))
case("one-class-present", np.zeros(40, dtype=int), rng.integers(1, 60, (40, 3)), report=False)
case("one-class", np.zeros(12, dtype=int), np.ones((12, 1), dtype=int))
case("certain", [0, 1, 2, 0, 1, 2], np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0], [1, 0, 0], [0, 0, 1], [0, 0, 1]]))
case("unnormalised", *drawn(rng, 300, 6, 60, 30), divisor=100)
case("many-classes", *drawn(rng, 400, 200, 60, 60), report=False)
