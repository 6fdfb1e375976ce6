import type { eventWithTime } from '@rrweb/types';
import { expect, it } from 'vitest';
import { manifestOf, START } from './recording';
import { openPlayer, playPast, replay, useTheatre } from './theatre';

const theatre = useTheatre();

const MANY = 40;
const BODY = 4;
const FIRST_ITEM = 100;

const tag = (id: number, tagName: string, ...childNodes: unknown[]): unknown => ({
  type: 2,
  id,
  tagName,
  attributes: {},
  childNodes,
});

function opening(): eventWithTime[] {
  const html = tag(2, 'html', tag(3, 'head'), tag(BODY, 'body'));
  const node = { type: 0, id: 1, childNodes: [html] };
  const events: unknown = [
    { type: 4, timestamp: START, data: { href: 'https://a.example/', width: 800, height: 600 } },
    { type: 2, timestamp: START + 1, data: { node, initialOffset: { top: 0, left: 0 } } },
  ];
  return events as eventWithTime[];
}

/** Each item goes before the one that came last, all in one millisecond. */
function burst(ms: number): eventWithTime[] {
  const events: unknown = Array.from({ length: MANY }, (_, n) => ({
    type: 3,
    timestamp: START + ms,
    data: {
      source: 0,
      texts: [],
      attributes: [],
      removes: [],
      adds: [
        {
          parentId: BODY,
          nextId: n === 0 ? null : FIRST_ITEM + n - 1,
          node: tag(FIRST_ITEM + n, `i-${n}`),
        },
      ],
    },
  }));
  return events as eventWithTime[];
}

async function openWith(events: readonly eventWithTime[]): ReturnType<typeof openPlayer> {
  const chunks = new Map([
    [1, opening()],
    [2, events],
  ]);
  const manifest = manifestOf(chunks, { idlePeriods: [], markers: [] });
  theatre.server.reset({ manifest, chunks, timeline: [] });
  return openPlayer(theatre, 't=0');
}

it('draws changes of one millisecond in the order in which they were made', async () => {
  const page = await openWith(burst(1_500));
  await playPast(page, 1_600);
  const names = await replay(page)
    .locator('body > *')
    .evaluateAll((elements) => elements.map((element) => element.localName));
  expect(names).toEqual(Array.from({ length: MANY }, (_, n) => `i-${MANY - 1 - n}`));
});

it('does not wait for a neighbour that never arrived', async () => {
  const page = await openWith(burst(1_500).slice(1));
  const { passedMs } = await playPast(page, 2_000);
  expect(await replay(page).locator('body > *').count()).toBe(MANY - 1);
  // Half a second for each change, when rrweb is left alone.
  expect(passedMs).toBeLessThan(10_000);
});
