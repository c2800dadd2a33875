#!/bin/sh
# Paired timing on 315,000 people: Covasim and ours in turn, CPU seconds of the run alone. Usage: timing.sh COVASIM_PYTHON OUT
set -e
here=$(dirname "$0")
python=${PYTHON:-python}
people=${PEOPLE:-315000}
net=${2%.jsonl}-net.npz
[ -f "$net" ] || "$1" "$here/covasim_side.py" network "$people" 1 "$net"
for round in 1 2 3; do
  for regime in contain wave; do
    "$1" "$here/covasim_side.py" run "$people" 1 "$regime" 1 "$2" "$round"
    count=$([ "$regime" = contain ] && echo 200 || echo 8)
    PYTHONPATH="$here" "$python" "$here/our_side.py" "$net" "$regime" "$count" "$2" $((round * 1000))
  done
done
