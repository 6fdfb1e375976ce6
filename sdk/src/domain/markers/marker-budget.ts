import { MAX_MARKERS_PER_PAGE, MAX_SAME_MARKERS, SAME_MARKER_WINDOW_MS } from './limits';
import type { Sighting } from './marker';

/** Says which sightings become markers, so that a failing loop cannot flood the wire. */
export function createMarkerBudget(now: () => number) {
  const recent = new Map<string, number[]>();
  let taken = 0;

  return function admits(sighting: Sighting): boolean {
    if (taken >= MAX_MARKERS_PER_PAGE) return false;
    const key = `${sighting.subkind} ${sighting.label}`;
    const since = now() - SAME_MARKER_WINDOW_MS;
    const times = (recent.get(key) ?? []).filter((time) => time > since);
    if (times.length >= MAX_SAME_MARKERS) return false;
    times.push(now());
    recent.set(key, times);
    taken++;
    return true;
  };
}
