const FIRST_DELAY_MS = 3_000;
const MAX_DELAY_MS = 30 * 60_000;
/** Up to 50 minutes of trying in all; what still waits then is dropped and counted. */
export const MAX_TRIES = 10;

/** 3 s, 6 s, 12 s … 30 min, each shortened by up to half, so that many pages do not return as one. */
export function backoffDelayMs(triesSoFar: number, random = Math.random): number {
  const full = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, triesSoFar - 1));
  return full * (0.5 + random() / 2);
}

/** `Retry-After` in seconds or as a date; at most ten minutes, so that a typo cannot silence us. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const delay = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(delay) ? Math.min(Math.max(delay, 0), 600_000) : undefined;
}
