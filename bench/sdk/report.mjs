// The page of results: medians of the rounds beside the goals.
import { cpus, loadavg, release, totalmem } from 'node:os';
import { versions } from './recorders.mjs';
import { sizesOf } from './site.mjs';

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const kb = (bytes) =>
  bytes >= 1e6 ? `${(bytes / 1e6).toFixed(2)} MB` : `${Math.round(bytes / 1000)} KB`;
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Figures of a machine that does other things, too, are worth less; so it is said. */
function busy() {
  const [, load] = loadavg();
  return load > cpus().length
    ? `**The machine was busy with other things (load ${load.toFixed(0)}): times are too high, and differences between recorders uncertain.** `
    : '';
}

export function report(runs, { rounds, browserVersion, quick }) {
  const of = (page, recorder, pick) => {
    const values = runs.filter((it) => it.page === page && it.recorder === recorder).map(pick);
    return values.length ? median(values) : undefined;
  };
  const recorders = [...new Set(runs.map((it) => it.recorder))].filter((it) => it !== 'none');
  const seconds = Object.fromEntries(runs.map((it) => [it.page, it.seconds]));
  const added = (page, recorder, pick) => {
    const own = of(page, recorder, pick);
    const without = of(page, 'none', pick);
    return own === undefined || without === undefined ? undefined : own - without;
  };
  const percent = (page, recorder) => {
    const extra = added(page, recorder, (it) => it.taskSeconds);
    return extra === undefined ? '–' : `${((extra / seconds[page]) * 100).toFixed(2)} %`;
  };
  const wire = (page, recorder) => {
    const bytes = of(page, recorder, (it) => it.wirePerMinute);
    return bytes === undefined ? '–' : `${kb(bytes)}/min`;
  };
  const heap = (page, recorder) => {
    const bytes = added(page, recorder, (it) => it.heapBytes);
    return bytes === undefined ? '–' : `${(bytes / 1e6).toFixed(1)} MB`;
  };
  const bundle = (recorder) => {
    const files = new Set(runs.filter((it) => it.recorder === recorder).flatMap((it) => it.loaded));
    const sum = { min: 0, gzip: 0, brotli: 0 };
    for (const file of files) {
      for (const [name, bytes] of Object.entries(sizesOf(file))) sum[name] += bytes;
    }
    return ['min', 'gzip', 'brotli'].map((name) => kib(sum[name]));
  };
  const longest = (recorder) => {
    const ms = of('big', recorder, (it) => it.longestTaskMs);
    return ms === undefined ? '–' : `${ms.toFixed(0)} ms`;
  };
  const startCost = (recorder) => {
    const extra = added('big', recorder, (it) => it.taskSeconds);
    return extra === undefined ? '–' : `${(extra * 1000).toFixed(0)} ms`;
  };
  return `# What recording costs the page

Written by \`bench/run sdk\`. Medians of ${rounds} round${rounds === 1 ? '' : 's'}, recorders interleaved${quick ? '; a quick run, whose figures mean little' : ''}.

Measured on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Linux ${release()}, Chromium ${browserVersion}; ${versions().join(', ')}; RetroSpec ${process.env.BENCH_COMMIT ?? 'of this working copy'}. ${busy()}All on their defaults, with console and network where they offer them; RetroSpec with network, console and all markers.

${table(
  [
    'recorder',
    'typical: time added',
    'typical: wire',
    'mutating: time added',
    'mutating: wire',
    'big: longest task at start',
    'big: all of the start',
  ],
  [
    ...recorders.map((it) => [
      it,
      percent('typical', it),
      wire('typical', it),
      percent('mutating', it),
      wire('mutating', it),
      longest(it),
      startCost(it),
    ]),
    ['*goal for RetroSpec*', '≤ 0.5 %', '≤ 60 KB/min', '≤ 5 %', '≤ 1.5 MB/min', '≤ 120 ms', ''],
  ],
)}

${table(
  ['recorder', 'loaded: minified', 'gzip', 'brotli', 'heap added: typical', 'mutating', 'big'],
  [
    ...recorders.map((it) => [
      it,
      ...bundle(it),
      heap('typical', it),
      heap('mutating', it),
      heap('big', it),
    ]),
    ['*goal for RetroSpec*', '', '', '≤ 34 KB', '< 4 MB', '< 4 MB', '< 4 MB'],
  ],
)}

- **Typical**: a shop with a list, a filter, details without a new document and a form, two documents in ${seconds.typical ?? 0} s, driven by real mouse and keyboard events at a person's pace. **Mutating**: 1,000 cells and a list, 200 to 1,000 DOM mutations every 100 ms, for ${seconds.mutating ?? 0} s. **Big**: 10,000 nodes with a style sheet of 10,000 rules (500 KB); the recorder starts when the page stands, so that the longest task is its own.
- *Time added* is what the page's main thread worked (CDP \`TaskDuration\`, processor time of that thread) beyond the same page without a recorder, by the clock. *Wire* is the bodies of what was sent. *Heap* is \`JSHeapUsedSize\` after a collection, beyond the page without a recorder; workers' heaps are not in it.
- The page without a recorder worked ${['typical', 'mutating', 'big']
    .map((page) => [page, of(page, 'none', (it) => it.taskSeconds)])
    .filter(([, value]) => value !== undefined)
    .map(([page, value]) => `${(value * 1000).toFixed(0)} ms (${page})`)
    .join(', ')}.
- PostHog's few KB per minute on the mutating and the big page mean that most of its recording did not arrive there within the time; why, was not looked into.
- Every recorder's server is a sink on this machine, which answers as little as the recorder needs.
`;
}
