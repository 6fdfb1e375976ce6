import type { RecordingRules } from './rules';
import type { SharedSession } from './shared-session';
import { areMet } from './triggers';

/** Policy `buffer` keeps so much of what was before a marker, and with triggers every policy does. */
export const BUFFER_MS = 60_000;

export type Admission =
  | { kind: 'send' }
  /** It will be sent, but not yet: all of it waits. */
  | { kind: 'wait' }
  /** It may never be sent: only the last of it waits. */
  | { kind: 'buffer' };

/**
 * What happens to events now.
 *
 * @param known whether the project's rules are known
 * @returns also for how many milliseconds this holds by itself, if time alone changes it
 */
export function admit(
  rules: RecordingRules,
  known: boolean,
  session: SharedSession,
  nowMs: number,
): Admission & { forMs?: number } {
  if (!known) return { kind: 'wait' };
  if (rules.triggers && !areMet(rules.triggers, session.met)) return { kind: 'buffer' };
  const isBuffering = rules.policy === 'buffer';
  const openForMs = session.openUntilMs - nowMs;
  if (isBuffering && openForMs <= 0) return { kind: 'buffer' };
  const toGoMs = session.mintedAtMs + rules.minDurationMs - nowMs;
  if (!session.admitted && toGoMs > 0) return { kind: 'wait', forMs: toGoMs };
  return { kind: 'send', ...(isBuffering && { forMs: openForMs }) };
}
