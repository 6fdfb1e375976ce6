import { cpus } from 'node:os';
import { chromium } from 'playwright-core';
import { MockServer } from '../test/chromium/mockServer';
import { CONTROL_ROOM_HTML } from './controlRoom';
import { longVisit } from './longVisit';
import { measure, percentile } from './measure';

const quick = process.argv.includes('--quick');
const browser = await chromium.launch({
  executablePath: process.env['RETROSPEC_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-precise-memory-info'],
});
const server = await MockServer.start();
server.pages.set('/control-room', CONTROL_ROOM_HTML);
try {
  const durationMs = 2 * 3_600_000;
  const visit = await longVisit(browser, server.origin, durationMs, 4_400);
  server.reset(visit);
  const figures = await measure({
    server,
    newPage: async () => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      return context.newPage();
    },
    durationMs,
    opens: quick ? 3 : 12,
    seeks: quick ? 20 : 60,
  });
  const mb = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
  const of = (values: readonly number[]): string =>
    [50, 95, 100].map((p) => percentile(values, p).toFixed(1)).join(' / ');
  const rows = [
    [
      'recording',
      `${mb(visit.jsonBytes)} MB of JSON, ${mb(visit.wireBytes)} MB gzip, ${visit.events} events, ${visit.packed.size} chunks`,
    ],
    ['first frame (ms) p50 / p95 / max', of(figures.firstFrame)],
    ['seek (ms) p50 / p95 / max', of(figures.seek)],
    ['frame at 1× (ms) p50 / p95 / max', of(figures.frames)],
    ['frames of 10 s', String(figures.frames.length)],
    ['frame over a full snapshot (ms) p50 / p95 / max', of(figures.boundary)],
    [
      'heap opened / after seeks / after 8 min played at 16× (MB)',
      [figures.heapAfterOpen, figures.heapAfterSeeks, figures.heapAfterPlay]
        .map((n) => n.toFixed(0))
        .join(' / '),
    ],
    [
      'machine',
      `${cpus().length} × ${cpus()[0]?.model ?? ''}, Chromium ${browser.version()}, headless`,
    ],
  ];
  process.stdout.write(rows.map(([name, value]) => `| ${name} | ${value} |\n`).join(''));
} finally {
  await browser.close();
  await server.stop();
}
