#!/usr/bin/env bash
# workers.sh [ROUNDS]: compares gunicorn's workers on the built store, interleaved round by round.
# Needs wrk (Debian: apt-get install wrk) and a built store (make serve once). Prints, per setting and address, requests per
# second and p99 as medians of the rounds, and each setting's ratio to the first. Loopback only; about 20 s a setting and round.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3}
port=8099
results=$(mktemp)
trap 'rm -f "$results"' EXIT
paths=(/v1/datasets/kuiwen-2025/targets/gdp-growth '/v1/targets?limit=50' /v1/targets.csv)

settings() {
  echo "sync, 2 workers|-k sync -w 2"
  echo "gthread, 2 workers x 2 threads|-k gthread -w 2 --threads 2"
  echo "gthread, 2 workers x 4 threads|-k gthread -w 2 --threads 4"
  echo "gthread, 2 workers x 8 threads|-k gthread -w 2 --threads 8"
  echo "gthread, 3 workers x 4 threads|-k gthread -w 3 --threads 4"
}

measure() { # NAME OPTIONS...
  local name=$1 path rate p99; shift
  .venv/bin/gunicorn --bind 127.0.0.1:$port --keep-alive 30 --no-control-socket --worker-tmp-dir /dev/shm \
    --log-level error "$@" wsgi:app &
  local server=$!
  until curl -sf http://127.0.0.1:$port/readyz >/dev/null; do sleep 0.1; done
  for path in "${paths[@]}"; do
    wrk -t1 -c16 -d1s "http://127.0.0.1:$port$path" >/dev/null
    read -r rate p99 < <(wrk -t1 -c16 -d4s --latency "http://127.0.0.1:$port$path" |
      awk '/99%/ {p = $2} /Requests\/sec/ {print $2, p}')
    printf '%s\t%s\t%s\t%s\n' "$name" "$path" "$rate" "$p99" >>"$results"
  done
  kill -TERM $server; wait $server 2>/dev/null || true
}

for _ in $(seq "$rounds"); do
  while IFS='|' read -r name options; do
    # shellcheck disable=SC2086
    measure "$name" $options </dev/null
  done < <(settings)
done

python3 - "$results" <<'PY'
import collections, statistics, sys
found = collections.defaultdict(lambda: ([], []))
for line in open(sys.argv[1], encoding="utf-8"):
    name, path, rate, p99 = line.rstrip("\n").split("\t")
    unit = {"us": 0.001, "ms": 1, "s": 1000}
    number = p99.rstrip("mus")
    rates, tails = found[path, name]
    rates.append(float(rate)); tails.append(float(number) * unit[p99[len(number):]])
first = {}
print("| address | setting | requests/s | ratio | p99 ms |\n|---|---|--:|--:|--:|")
for (path, name), (rates, tails) in sorted(found.items(), key=lambda item: item[0][0]):
    rate = statistics.median(rates); base = first.setdefault(path, rate)
    print(f"| `{path}` | {name} | {rate:,.0f} | {rate / base:.2f} | {statistics.median(tails):.0f} |")
PY
