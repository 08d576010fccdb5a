#!/usr/bin/env python3
"""Trains one of Pictor's networks in PyTorch, as fast as it can be told plainly: pictures preloaded as tensors, no DataLoader, SGD with Nesterov momentum.

usage: peer.py NETWORK SIZE PICTURES BATCH THREADS [channels-last]
The network is written out here once more, layer by layer as `pictor networks NAME --size SIZE` shows it; the number of parameters is printed, so
that a difference shows. Prints one JSON line: seconds of the second pass over made-up pictures.
"""
import json
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import torch
import torch.nn.functional as F
from torch import nn

name, size, count, batch, threads = sys.argv[1], *map(int, sys.argv[2:6])
channels_last = "channels-last" in sys.argv[6:]
torch.set_num_threads(threads)
torch.manual_seed(1)


class Residual(nn.Module):
    def __init__(self, body, shortcut=None, relu=True):
        super().__init__()
        self.body, self.shortcut, self.relu = body, shortcut or nn.Identity(), relu

    def forward(self, x):
        y = self.body(x) + self.shortcut(x)
        return F.relu(y, inplace=True) if self.relu else y


def conv(i, o, stride=1, kernel=3, relu=True):
    layers = [nn.Conv2d(i, o, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(o)]
    return layers + [nn.ReLU(inplace=True)] if relu else layers


def basic(i, o, stride):
    shortcut = nn.Sequential(*conv(i, o, stride, 1, relu=False)) if stride > 1 or i != o else None
    return Residual(nn.Sequential(*conv(i, o, stride), *conv(o, o, relu=False)), shortcut)


def stages(widths, depth, stem_stride):
    layers, at = conv(3, widths[0], stem_stride), widths[0]
    for s, width in enumerate(widths):
        for d in range(depth):
            layers.append(basic(at, width, 2 if s > 0 and d == 0 else 1))
            at = width
    return layers, at


def mean_head(layers, width, dropout=0.0):
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(dropout), nn.Linear(width, 10))


def build():
    if name == "mnist-cnn":
        return nn.Sequential(
            nn.Conv2d(3, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(32 * (size // 4) ** 2, 10))
    if name == "resnet9":
        return mean_head([
            *conv(3, 64), *conv(64, 128), nn.MaxPool2d(2), Residual(nn.Sequential(*conv(128, 128), *conv(128, 128)), relu=False),
            *conv(128, 256), nn.MaxPool2d(2), *conv(256, 512), nn.MaxPool2d(2), Residual(nn.Sequential(*conv(512, 512), *conv(512, 512)), relu=False)], 512)
    if name == "resnet18":
        return mean_head(*stages([64, 128, 256, 512], 2, 1 if size <= 40 else 2))
    if name == "compact":
        return mean_head(*stages([32, 64, 128, 192], 2, 1 if size <= 40 else 2))
    if name == "vgg11":
        layers, at = [], 3
        for width, repeat in ((64, 1), (128, 1), (256, 2), (512, 2), (512, 2)):
            for _ in range(repeat):
                layers += [nn.Conv2d(at, width, 3, padding=1), nn.ReLU(inplace=True)]
                at = width
            layers.append(nn.MaxPool2d(2))
        return mean_head(layers, 512, 0.5)
    sys.exit(f"no network {name}")


model = build()
if channels_last:
    model = model.to(memory_format=torch.channels_last)
pixels = torch.randn(count, 3, size, size)
if channels_last:
    pixels = pixels.contiguous(memory_format=torch.channels_last)
labels = torch.randint(0, 10, (count,))
optimiser = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9, nesterov=True)
for _ in range(2):
    began = time.perf_counter()
    order = torch.randperm(count)
    for i in range(0, count, batch):
        index = order[i:i + batch]
        optimiser.zero_grad(set_to_none=True)
        F.cross_entropy(model(pixels[index]), labels[index]).backward()
        optimiser.step()
print(json.dumps({"seconds": time.perf_counter() - began, "parameters": sum(p.numel() for p in model.parameters()), "version": torch.__version__}))
