import type { SafeStorage } from '../../browser/storage';
import { redactUrl } from '../../tools/redact-url';
import type { Sighting } from './marker';

const STORAGE_KEY = 'retrospec.loads';
/** The same page three times … */
const LOOP_LOADS = 3;
/** … in fifteen seconds: nobody reads that fast. */
const LOOP_WINDOW_MS = 15_000;

interface Load {
  url: string;
  atMs: number;
}

function readLoads(storage: SafeStorage): Load[] {
  try {
    const loads: unknown = JSON.parse(storage.get(STORAGE_KEY) ?? '[]');
    return Array.isArray(loads) ? (loads as Load[]) : [];
  } catch {
    return [];
  }
}

/** Call once per page load; answers when this load completes a loop. */
export function noteLoad(storage: SafeStorage, href: string, nowMs: number): Sighting | undefined {
  const url = redactUrl(href).replace(/#.*$/, '');
  const loads = readLoads(storage).filter(
    (load) => load.url === url && nowMs - load.atMs < LOOP_WINDOW_MS,
  );
  loads.push({ url, atMs: nowMs });
  storage.set(STORAGE_KEY, JSON.stringify(loads.slice(-10)));
  // Exactly at the threshold: a loop is told once, not at each further turn.
  if (loads.length !== LOOP_LOADS) return undefined;
  return {
    kind: 'ui_no_effect',
    subkind: 'reload_loop',
    label: `Reload loop on ${url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/\?.*$/, '') || '/'}`,
    evidence: `${LOOP_LOADS} loads within ${LOOP_WINDOW_MS / 1_000} s`,
  };
}
