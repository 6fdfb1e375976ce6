import { describe, expect, it } from 'vitest';
import { asCurl, asFetch, asPlaywright } from '../../src/panels/requestCode';
import { textOf } from '../../src/panels/rows';
import { toTimelineEvents } from '../../src/model/timelineEvents';
import { badge, statements, verdict } from '../../src/replay/completeness';
import { activeTrack, endless } from '../../src/replay/coverage';
import { at, chunk, session, START } from './sessions';

describe('the certificate', () => {
  it('says that nothing is missing, and how much is masked', () => {
    const { completeness } = session({
      completeness: {
        chunksExpected: 3,
        chunksReceived: 3,
        masked: 3,
        maskable: 12,
        complete: true,
      },
    });
    expect(badge(completeness, [])).toBe('Complete');
    expect(statements(completeness, []).map((statement) => statement.text)).toEqual([
      'All 3 parts that are known of have arrived.',
      '25 % of the recorded texts and fields are masked.',
    ]);
  });

  it('names each loss first, and then what was left out on purpose', () => {
    const { completeness } = session({
      completeness: {
        chunksExpected: 10,
        chunksReceived: 9,
        chunksOmitted: 4,
        dropped: { queue_full: 1, timeline: 7 },
        reduced: { mouse: 30 },
        throttled: 2,
        assetsMissing: 1,
        clockJumps: 1,
        complete: false,
      },
    });
    const gap = { from: 5_000, to: 17_000, reason: 'upload_failed' };
    expect(badge(completeness, [gap])).toBe('Incomplete · 3 losses');
    const said = statements(completeness, [gap]);
    expect(said.filter((statement) => statement.lost).map((statement) => statement.text)).toEqual([
      '1 part of 10 never arrived.',
      '12 s missing from 0:05 to 0:17. Reason: upload failed.',
      '1 event lost in the browser. The browser had no more room to keep them.',
    ]);
    expect(said.filter((statement) => !statement.lost).map((statement) => statement.text)).toEqual([
      '1 image or font could not be kept.',
      'Mouse movement thinned out: 30 events.',
      '4 earlier parts let go: the project keeps the last minutes only.',
      '2 more failures happened than the recorder tells.',
      'The browser’s clock was set 1 time while it recorded; times around it may be off.',
      '7 lines left out of the lists; the replay has them.',
    ]);
  });

  it('does not call thinning out a loss, and does not hide it', () => {
    const { completeness } = session({
      completeness: { chunksExpected: 1, chunksReceived: 1, reduced: { scroll: 3 } },
    });
    expect(badge(completeness, [])).toBe('Complete, thinned out');
  });

  it('calls a window whole only when its browser has said goodbye', () => {
    const completeness = { chunksExpected: 3, chunksReceived: 3, complete: true };
    const open = session({
      completeness,
      chunks: [
        chunk(0, '*a', 0, 10, 'pagehide'),
        chunk(1, 'a', 10, 20, 'interval'),
        chunk(65_536, '*b', 0, 10, 'stop'),
      ],
    }).completeness;
    expect(badge(open, [])).toBe('No known loss');
    expect(verdict(open, [])).toBe('No part is known to be missing.');
    expect(statements(open, []).map((statement) => statement.text)).toContain(
      '1 window ended without a goodbye: what happened last in it may be missing.',
    );
    const ended = session({
      completeness,
      chunks: [chunk(1, '*a', 0, 10, 'pagehide'), chunk(2, 'a', 5, 10, 'split')],
    }).completeness;
    expect(badge(ended, [])).toBe('Complete');
    expect(verdict(ended, [])).toBe('Every part that a browser sent has arrived.');
  });
});

describe('entries of the list', () => {
  const one = (kind: string, data: unknown): { level: string; text: string } => {
    const [event] = toTimelineEvents([{ at: at(0), kind, text: 'x', data }], START);
    return event ? { level: event.level, text: textOf(event) } : { level: '', text: '' };
  };

  it('say vitals, long tasks, spans and notices in words', () => {
    expect(one('vital', { name: 'LCP', value: 4_200, rating: 'poor' })).toEqual({
      level: 'warn',
      text: 'Largest content shown (LCP) 4.2 s, poor',
    });
    expect(one('vital', { name: 'CLS', value: 0.0512, rating: 'good' })).toEqual({
      level: 'info',
      text: 'Layout shift (CLS) 0.051, good',
    });
    expect(one('longtask', { durationMs: 640 })).toEqual({
      level: 'warn',
      text: 'The page did not answer for 640 ms',
    });
    expect(one('span', { name: 'checkout', durationMs: 80 }).text).toBe('checkout took 80 ms');
    expect(one('reduced', { reason: 'mouse', count: 12 })).toEqual({
      level: 'warn',
      text: 'Mouse movement thinned out: 12 events',
    });
  });

  it('call a request failed by its status, unless the page gave it up', () => {
    expect(one('network', { status: 502 }).level).toBe('error');
    expect(one('network', { status: 0, outcome: 'failed' }).level).toBe('error');
    expect(one('network', { status: 0, outcome: 'aborted' }).level).toBe('info');
    expect(one('network', { status: 304 }).level).toBe('info');
  });
});

describe('a request as code', () => {
  const request = {
    method: 'POST',
    url: "https://shop.example/it's?a=1",
    headers: { 'Content-Type': 'application/json' },
    body: '{"name":"O\'Hara"}',
  };

  it('goes into a shell without being run by it', () => {
    expect(asCurl(request)).toBe(
      [
        "curl --url 'https://shop.example/it'\\''s?a=1'",
        "-X 'POST'",
        "-H 'Content-Type: application/json'",
        `--data-raw '{"name":"O'\\''Hara"}'`,
      ].join(' \\\n  '),
    );
  });

  it('goes into a console and into a test', () => {
    const options = JSON.stringify(
      { method: 'POST', headers: request.headers, body: request.body },
      null,
      2,
    );
    expect(asFetch(request)).toBe(`await fetch("${request.url}", ${options});`);
    expect(asPlaywright(request)).toContain('await request.fetch("https://shop.example/');
    expect(asPlaywright(request)).toContain('"data": "{\\"name\\"');
  });
});

describe('several windows', () => {
  const both = session({
    chunks: [chunk(0, '*a', 0, 10), chunk(1, '*b', 12, 30), chunk(2, 'a', 31, 40)],
  });
  const [a, b] = both.tracks;

  it('are followed to the one in which something happens', () => {
    expect(activeTrack(both, a ?? null, 5_000)).toBe(a);
    expect(activeTrack(both, a ?? null, 13_000)).toBe(b);
    expect(activeTrack(both, b ?? null, 31_500)).toBe(a);
  });

  it('stay as they are while all are still', () => {
    expect(activeTrack(both, a ?? null, 55_000)).toBe(null);
  });
});

it('plays the parts of a window by their numbers, also when its clock was set back', () => {
  const [track] = session({
    chunks: [chunk(3, 'a', 4, 8), chunk(0, '*a', 0, 5), chunk(1, 'a', 5, 10), chunk(2, '*a', 2, 4)],
  }).tracks;
  expect(track?.chunks.map((part) => part.seq)).toEqual([0, 1, 2, 3]);
});

it('plays the second half of a part that was too large behind the first', () => {
  const [track] = session({
    chunks: [
      chunk(0, '*a', 0, 5),
      chunk(1, 'a', 10, 15),
      chunk(2, 'a', 15, 20),
      chunk(3, 'a', 5, 10, 'split'),
      chunk(4, 'a', 8, 10, 'split'),
    ],
  }).tracks;
  expect(track?.chunks.map((part) => part.seq)).toEqual([0, 3, 4, 1, 2]);
});

it('takes only idle time of an hour or more for endless', () => {
  const spans = [
    { from: 0, to: 60_000 },
    { from: 100_000, to: 3_700_000 },
  ];
  expect(endless(spans)).toEqual([spans[1]]);
});
