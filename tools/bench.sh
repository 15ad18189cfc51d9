#!/usr/bin/env bash
# tools/bench.sh [SERVICES]: times the search over generated services, 100,000 if no number is given, and the worker, in a
# database of its own below <target>/bench. GIGSTA_BIN names a server that is built already; BENCH_KEEP=1 keeps what was generated before.
# Then it simulates 300,000 bookings from a seed of today; BENCH_BOOKINGS is another number of them, 0 none.
. "$(dirname "$0")/lib.sh"

if [ -z "${GIGSTA_BIN:-}" ]; then
    tools/setup.sh rust bindgen node mongod
    tools/build.sh release
    GIGSTA_BIN=$TARGET/release/gigsta
fi
. tools/env.sh
export GIGSTA_DATA=$TARGET/bench GIGSTA_DB=gigsta_bench MONGODB_URI=
mkdir -p "$GIGSTA_DATA"
node tools/bench.mjs "$GIGSTA_BIN" "${1:-100000}"
bookings=${BENCH_BOOKINGS:-300000}
[ "$bookings" = 0 ] || "$GIGSTA_BIN" simulate --seed "$(date +%Y%m%d)" --bookings "$bookings"
