import { EventType, type eventWithTime, IncrementalSource, type mutationData } from '@rrweb/types';
import { describe, expect, it } from 'vitest';
import { failureOf, SessionApi } from '../../src/api';
import { readOptions } from '../../src/options';
import { matches, rowAt } from '../../src/panels/rows';
import { linkAt } from '../../src/parent';
import { disarm } from '../../src/replay/disarm';
import { resolvable } from '../../src/replay/resolvable';
import { fitForReplay, fromFirstSnapshot } from '../../src/replay/snapshots';
import { bucketed } from '../../src/timeline/buckets';
import { parsePreferences } from '../../src/ui/preferences';

const SIZE = { width: 800, height: 600 };
const meta = (timestamp: number): eventWithTime => ({
  type: EventType.Meta,
  data: { href: 'https://shop.example/', width: 10, height: 20 },
  timestamp,
});
const full = (timestamp: number, node: unknown = { type: 0, childNodes: [] }): eventWithTime =>
  ({
    type: EventType.FullSnapshot,
    data: { node, initialOffset: { top: 0, left: 0 } },
    timestamp,
  }) as eventWithTime;

describe('snapshots', () => {
  it('get their size at the very same time', () => {
    expect(fitForReplay([meta(5), full(25)], SIZE)).toEqual([
      { ...meta(5), timestamp: 25 },
      full(25),
    ]);
  });

  it('get the size of the session when none was recorded', () => {
    expect(
      fromFirstSnapshot([{ type: EventType.Load, data: {}, timestamp: 1 }, full(25)], SIZE),
    ).toMatchObject([
      { type: EventType.Meta, data: SIZE, timestamp: 25 },
      { type: EventType.FullSnapshot },
    ]);
    expect(fromFirstSnapshot([meta(1)], SIZE)).toEqual([]);
  });
});

describe('events for rrweb', () => {
  const change = (timestamp: number): eventWithTime => ({
    type: EventType.IncrementalSnapshot,
    timestamp,
    data: { source: IncrementalSource.Mutation, adds: [], removes: [], texts: [], attributes: [] },
  });

  it('never have the same time, also where one chunk follows another', () => {
    const times = fitForReplay([change(5), change(5), change(5), change(6)], SIZE, 5).map(
      (event) => event.timestamp,
    );
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(5);
    expect(times[3]).toBe(6);
  });

  it('show a mouse trail from its first point on', () => {
    const positions = [
      { x: 1, y: 1, id: 1, timeOffset: -400 },
      { x: 2, y: 2, id: 1, timeOffset: 0 },
    ];
    const trail = { type: 3, timestamp: 1_000, data: { source: 1, positions } } as unknown;
    expect(fitForReplay([trail as eventWithTime], SIZE)).toMatchObject([
      { timestamp: 600, data: { positions: [{ timeOffset: 0 }, { timeOffset: 400 }] } },
    ]);
    expect(positions[0]?.timeOffset).toBe(-400);
  });

  it('do not name a neighbour that never arrived', () => {
    const add = (id: number, nextId: number | null): unknown => ({
      parentId: 1,
      nextId,
      node: { id },
    });
    const data = (...adds: unknown[]): mutationData =>
      ({ source: 0, adds, removes: [{ parentId: 1, id: 4 }], texts: [], attributes: [] }) as never;
    const known = (id: number): boolean => id < 5;
    const whole = data(add(10, 2), add(11, 10), add(12, null));
    expect(resolvable(whole, known)).toBe(whole);
    expect(resolvable(data(add(10, 99), add(11, 4), add(12, 3)), known).adds).toMatchObject([
      { nextId: null },
      { nextId: null },
      { nextId: 3 },
    ]);
  });
});

describe('a forged recording', () => {
  it('loses whatever could run, embed or navigate, and keeps the rest', () => {
    const node = {
      type: 2,
      tagName: 'div',
      attributes: { onclick: 'x()', class: 'kept' },
      childNodes: [
        { type: 2, tagName: 'SCRIPT', attributes: { src: '/a.js' }, childNodes: [] },
        { type: 2, tagName: 'a', attributes: { href: ' java\nscript:x()' }, childNodes: [] },
        {
          type: 2,
          tagName: 'iframe',
          attributes: { srcdoc: '<b>', src: '/admin/' },
          childNodes: [],
        },
        {
          type: 2,
          tagName: 'meta',
          attributes: { 'http-equiv': 'refresh', content: '0' },
          childNodes: [],
        },
        { type: 2, tagName: 'link', attributes: { rel: 'preconnect' }, childNodes: [] },
        {
          type: 2,
          tagName: 'img',
          attributes: { src: 'data:image/png;base64,AA' },
          childNodes: [],
        },
      ],
    };
    disarm([full(1, node)]);
    expect(node.attributes).toEqual({ class: 'kept' });
    expect(node.childNodes.map((child) => [child.tagName, child.attributes])).toEqual([
      ['noscript', { src: '/a.js' }],
      ['a', {}],
      ['iframe', {}],
      ['meta', { content: '0' }],
      ['link', {}],
      ['img', { src: 'data:image/png;base64,AA' }],
    ]);
  });

  it('is disarmed in its changes, too', () => {
    const data = {
      source: 0,
      adds: [{ node: { tagName: 'p', attributes: { onmouseover: 'x()' }, childNodes: [] } }],
      attributes: [{ id: 1, attributes: { onerror: 'x()', href: 'javascript:x()', style: 'a' } }],
    };
    const change: unknown = { type: 3, data, timestamp: 1 };
    disarm([change as eventWithTime]);
    expect(data.adds[0]?.node.attributes).toEqual({});
    expect(data.attributes[0]?.attributes).toEqual({ style: 'a' });
  });
});

describe('reading', () => {
  const answering = (response: Response): SessionApi =>
    new SessionApi('a/b', 'p 1', () => Promise.resolve(response));

  it('names what is gone and what may come back', () => {
    expect(failureOf(410)).toMatchObject({ kind: 'gone', retryable: false });
    expect(failureOf(503)).toMatchObject({ kind: 'unreachable', retryable: true });
  });

  it('does not take damaged data for a recording', async () => {
    const damaged = await answering(new Response('{"not": "events"}')).chunk(1);
    expect(damaged).toMatchObject({ ok: false, failure: { kind: 'broken' } });
    const cut = await answering(new Response('[{"timestamp"')).chunk(1);
    expect(cut).toMatchObject({ ok: false, failure: { kind: 'broken' } });
  });

  it('asks with encoded ids and the cookie', async () => {
    let asked: [unknown, RequestInit | undefined] = ['', undefined];
    const api = new SessionApi('a/b', 'p 1', (input, init) => {
      asked = [input, init];
      return Promise.resolve(new Response('[]'));
    });
    await api.chunk(3);
    expect(asked[0]).toBe('/v1/sessions/a%2Fb/chunks/3?project=p+1');
    expect(asked[1]?.credentials).toBe('same-origin');
  });
});

describe('the rest', () => {
  it('reads the options of the address and survives nonsense', () => {
    expect(readOptions('?session=s&project=p&t=1500&mini=1&theme=dark')).toEqual({
      sessionId: 's',
      projectId: 'p',
      startAt: 1500,
      markerId: null,
      mini: true,
      theme: 'dark',
    });
    expect(readOptions('?t=soon&theme=pink')).toMatchObject({ startAt: null, theme: null });
  });

  it('makes a link that keeps the query and replaces the beginning', () => {
    expect(linkAt('https://r.example/admin/s?id=1&marker=m&t=5#x', 1234.6)).toBe(
      'https://r.example/admin/s?id=1&t=1235#x',
    );
  });

  it('finds the current row', () => {
    const rows = [{ ms: 10 }, { ms: 20 }, { ms: 20 }, { ms: 30 }];
    expect([5, 10, 20, 29, 99].map((ms) => rowAt(rows, ms))).toEqual([-1, 0, 2, 3, 3]);
  });

  it('filters rows by every word', () => {
    const row = {
      ms: 0,
      kind: 'console',
      level: 'info',
      text: 'Cart is empty',
      detail: null,
      data: null,
      nth: 0,
    } as const;
    expect(matches(row, 'empty CART', false)).toBe(true);
    expect(matches(row, 'cart full', false)).toBe(false);
    expect(matches(row, '', true)).toBe(false);
  });

  it('joins moments that are too close to press', () => {
    const moment = (ms: number) => ({ ms, kind: 'custom', text: '' });
    const buckets = bucketed([0, 5, 9, 20].map(moment), 10);
    expect(buckets.map((bucket) => [bucket.ms, bucket.moments.length])).toEqual([
      [0, 3],
      [20, 1],
    ]);
  });

  it('keeps only choices it knows', () => {
    expect(parsePreferences('{"speed":8,"skipIdle":false,"keyboard":"no"}')).toEqual({
      speed: 8,
      skipIdle: false,
      keyboard: true,
    });
    expect(parsePreferences('{')).toMatchObject({ speed: 1 });
    expect(parsePreferences('null')).toMatchObject({ speed: 1 });
  });
});
