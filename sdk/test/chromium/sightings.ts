import type { Page } from 'playwright-core';
import type { ReceivedEvent } from './sink';
import type { Stage } from './site';
import type { RetrospecWindow } from './stages';

type ReceivedMarker = Stage['sink']['chunks'][number]['body']['markers'][number];

/** Sends what the page has gathered. */
export function flush(page: Page): Promise<void> {
  return page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
}

export function markers(stage: Stage): ReceivedMarker[] {
  return stage.sink.chunks.flatMap((chunk) => chunk.body.markers);
}

export function customEvents(stage: Stage, tag: string): Record<string, unknown>[] {
  return stage.sink.chunks
    .flatMap((chunk) => chunk.body.events)
    .filter((event: ReceivedEvent) => event.data.tag === tag)
    .map((event) => event.data.payload ?? {});
}

/** Waits for a marker of a sub-kind; fails loudly when none comes. */
export async function markerOf(
  stage: Stage,
  subkind: string,
  timeoutMs?: number,
): Promise<ReceivedMarker> {
  const chunk = await stage.sink.until(
    (it) => it.body.markers.some((marker) => marker.subkind === subkind),
    timeoutMs,
  );
  const marker = chunk.body.markers.find((it) => it.subkind === subkind);
  if (!marker) throw new Error('unreachable');
  return marker;
}
