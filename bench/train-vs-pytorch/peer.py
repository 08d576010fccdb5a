#!/usr/bin/env python3
"""The same job in PyTorch, as fast as it can be told plainly: everything preloaded as tensors, no DataLoader, nothing else in the loop.

usage: peer.py DATA EPOCHS THREADS [channels-last] [foreach]
Prints one JSON line an epoch: seconds (a pass over 54,000 pictures and a judgement of 6,000), valLoss, valAccuracy.
"""
import gzip
import json
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

BATCH, TRAIN = 64, 54000
data, epochs, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
channels_last, foreach = "channels-last" in sys.argv[4:], "foreach" in sys.argv[4:]
torch.set_num_threads(threads)
torch.manual_seed(1)


def read(name, offset):
    path = os.path.join(data, name)
    opener = gzip.open if os.path.exists(path + ".gz") else open
    with opener(path + ".gz" if opener is gzip.open else path, "rb") as f:
        return np.frombuffer(f.read(), np.uint8, offset=offset)


pixels = torch.from_numpy(read("train-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28).copy()).float().div_(255)
labels = torch.from_numpy(read("train-labels-idx1-ubyte", 8).copy()).long()
pixels = (pixels - pixels[:TRAIN].mean()) / pixels[:TRAIN].std()
model = nn.Sequential(
    nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(32 * 7 * 7, 10))
if channels_last:
    model = model.to(memory_format=torch.channels_last)
optimiser = torch.optim.Adam(model.parameters(), lr=1e-3, foreach=foreach)


def pictures(index):
    x = pixels[index]
    return x.as_strided(x.shape, (784, 1, 28, 1)) if channels_last else x


for epoch in range(1, epochs + 1):
    began = time.perf_counter()
    model.train()
    order = torch.randperm(TRAIN)
    for i in range(0, TRAIN, BATCH):
        index = order[i:i + BATCH]
        optimiser.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(pictures(index)), labels[index])
        loss.backward()
        optimiser.step()
    model.eval()
    total, right = 0.0, 0
    with torch.inference_mode():
        for i in range(TRAIN, 60000, 500):
            logits = model(pictures(torch.arange(i, i + 500)))
            total += F.cross_entropy(logits, labels[i:i + 500], reduction="sum").item()
            right += (logits.argmax(1) == labels[i:i + 500]).sum().item()
    print(json.dumps({"seconds": time.perf_counter() - began, "valLoss": total / 6000, "valAccuracy": right / 6000, "version": torch.__version__}), flush=True)
