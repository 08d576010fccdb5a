#!/usr/bin/env bash
# Pictor's trainer against PyTorch (Debian's python3-torch) on one job: MNIST, two convolutions, batch 64, Adam, no augmentation.
# usage: bench/train-vs-pytorch/run.sh [--runs N] [--json FILE] [--data DIR] [--peer 'THREADS [channels-last] [foreach]'] [--anyway]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if ! /usr/bin/python3 -c 'import torch' 2> /dev/null; then
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-torch python3-numpy
fi
dotnet build "$root/src/Pictor.Trainer" -c Release -v q --nologo
exec /usr/bin/python3 "$here/run.py" "$@"
