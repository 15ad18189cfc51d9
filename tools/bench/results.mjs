// From measurements to benches/RESULTS.md.

export const median = (values) => {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return NaN;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const number = (value, digits = 1) => (Number.isFinite(value) ? value.toFixed(digits) : "-");

/** The middle of several, and the least and the most. */
const spread = (values, digits) => {
  const all = values.filter(Number.isFinite);
  if (all.length === 0) return "-";
  return `${number(median(all), digits)} (${number(Math.min(...all), digits)} to ${number(Math.max(...all), digits)})`;
};

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map((_, at) => (at ? "---:" : "---")).join("|")}|`, ...rows.map(line)].join("\n");
}

const WHO = { ours: "ours", floor: "floor", original: "original's stack" };

/** Rows of one row and one number of connections, by round. */
const pick = (measured, who, row, connections) =>
  measured.filter((one) => one.who === who && one.row === row && one.connections === connections);

export function dataPath(measured) {
  const keys = [...new Map(measured.map((one) => [[one.row, one.who, one.connections].join(), one])).values()];
  const rows = [...new Set(keys.map((one) => one.row))];
  keys.sort((a, b) => rows.indexOf(a.row) - rows.indexOf(b.row) || a.connections - b.connections);
  return table(
    ["what", "who", "connections", "a second (least to most)", "p50 ms", "p99 ms", "CPU ms, server", "CPU ms, mongod", "kB", "not answered well"],
    keys.map(({ row, who, connections }) => {
      const all = pick(measured, who, row, connections);
      const of = (field, digits) => number(median(all.map((one) => one[field])), digits);
      const failed = all.reduce((sum, one) => sum + one.failed, 0);
      const kb = number(median(all.map((one) => one.bytes)) / 1024);
      return [row, WHO[who], connections, spread(all.map((one) => one.per_second), 0), of("p50", 2), of("p99", 2), of("own", 2), of("database", 2), kb, failed];
    }),
  );
}

/** Each ratio is that of one round; the table has their middle. */
export function ratios(measured, starts, connections) {
  const ratio = (row, other, value) => {
    const theirs = pick(measured, other, row, connections);
    const each = pick(measured, "ours", row, connections).map((one) => {
      const beside = theirs.find((their) => their.round === one.round);
      return beside ? value(one, beside) : NaN;
    });
    return spread(each, 2);
  };
  const faster = (one, other) => one.per_second / other.per_second;
  const p99 = (one, other) => one.p99 / other.p99;
  const actions = pick(measured, "ours", "action", connections);
  const loaded = starts.filter((start) => start.who === "ours").map((start) => start.loaded);
  return table(
    [`at ${connections} connections`, "this run (least to most)", "goal"],
    [
      ["booking JSON / floor, a second", ratio("booking as JSON", "floor", faster), ">= 0.85"],
      ["booking JSON / original's stack, a second", ratio("booking as JSON", "original", faster), ">= 2.2"],
      ["booking JSON / original's stack, p99", ratio("booking as JSON", "original", p99), "<= 0.4"],
      ["booking page / floor page, a second", ratio("booking page", "floor", faster), ">= 0.85"],
      ["floor action / action, p50", ratio("action", "floor", (one, other) => other.p50 / one.p50), ">= 0.85"],
      ["action / original's stack, a second", ratio("action", "original", faster), ">= 1.2"],
      ["action / original's stack, p99", ratio("action", "original", p99), "<= 0.7"],
      ["mongod's CPU of one action and all that follows, ms", spread(actions.map((one) => one.database), 2), "<= 2.0"],
      ["resident after load, MB", spread(loaded, 0), "<= 60"],
    ],
  );
}

export function life(starts) {
  const rows = Object.keys(WHO).map((who) => [WHO[who], starts.filter((start) => start.who === who)]);
  return table(
    ["", "start to ready, ms", "stop, ms", "idle, MB", "after load, MB", "each stream, kB"],
    rows
      .filter(([, all]) => all.length > 0)
      .map(([name, all]) => {
        const of = (field, digits = 0) => spread(all.map((one) => one[field] ?? NaN), digits);
        return [name, of("ready"), of("stop"), of("idle"), of("loaded"), of("stream")];
      }),
  );
}

export function searched(found) {
  return table(
    ["search", "p50 ms", "p95 ms", "most ms", "kB", "failed", "8 at once, pages a second", "p99 ms", "failed"],
    found.map((one) =>
      [one.name, number(one.p50), number(one.p95), number(one.max), number(one.kb), one.failed]
        .concat(number(one.crowd.per_second), number(one.crowd.p99), one.bad),
    ),
  );
}

export function grown(found) {
  const rows = found.map((one) => [one.size, one.name, number(one.per_second, 0), number(one.p50, 2), number(one.p99, 2)]);
  return table(["bookings", "what", "a second", "p50 ms", "p99 ms"], rows);
}

export function shared(found) {
  return table(["servers", "bookings as JSON a second", "p99 ms"], found.map((one) => [one.count, number(one.per_second, 0), number(one.p99, 2)]));
}

export function browsed(found) {
  const ms = (value) => number(value, 0);
  return table(
    ["network", "cache", "page", "first paint, ms", "LCP, ms", "action can be done, ms", "action done, ms", "INP, ms", "kB by kind"],
    found.map((one) =>
      [one.network, one.cache, one.page, ms(one.paint), ms(one.lcp), ms(one.possible), ms(one.done), ms(one.inp)]
        .concat(Object.entries(one.bytes).map(([kind, bytes]) => `${kind} ${number(bytes / 1024)}`).join(", ")),
    ),
  );
}

export function audited(found) {
  return table(
    ["page", "performance", "accessibility", "best practices", "SEO", "first paint, ms", "LCP, ms", "blocked, ms"],
    found.map((one) => [one.name, ...one.scores, ...[one.paint, one.lcp, one.blocked].map((value) => number(value, 0))]),
  );
}
