#!/bin/sh
# Paired timing on 315,000 people: Covasim and ours in turn, CPU seconds of the run alone.
# Usage: timing.sh COVASIM_PYTHON OUT [ROUNDS]
set -e
here=$(dirname "$0")
root=$here/../..
python=${PYTHON:-python}
people=${PEOPLE:-315000}
net=${2%.jsonl}-net.npz
[ -f "$net" ] || "$1" "$here/covasim_side.py" network "$people" 1 "$net"
ours() { PYTHONPATH="$here" "$python" "$here/our_side.py" "$net" "$@"; }
for round in $(seq "${3:-3}"); do
  for regime in wave contain; do
    count=$([ $regime = contain ] && echo 300 || echo 8)
    ours $regime $count "$2" $((round * 1000))
    "$1" "$here/covasim_side.py" run "$people" 1 $regime 1 "$2" "$round"
    ours $regime $count "$2" $((round * 1000 + 500))
  done
  ours contain 300 "$2" $((round * 1000)) 1 14
  (cd "$root" && "$python" -m benchmarks.simulation.everything "$2")
done
