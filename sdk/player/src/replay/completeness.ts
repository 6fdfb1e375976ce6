import { count, share, words } from '../format';
import type { Completeness, Gap } from '../model/session';
import { gapWords, reasonWords } from './sentences';

/** A fact about what the recording holds, as a sentence, and whether something was lost. */
export interface Statement {
  readonly lost: boolean;
  readonly text: string;
}

/** What the recorder left out to spare the page, by its own words for it. */
const REDUCED: Readonly<Record<string, string>> = {
  mutation_bucket: 'Changes of very busy elements left out',
  mutation_pause:
    'Changes left out while too much changed at once, and a fresh picture taken after it',
  mouse: 'Mouse movement thinned out',
  scroll: 'Scrolling thinned out',
  other_rules: 'What was seen before the project’s rules were known left out',
  long_tasks: 'Recording thinned out because the page itself was slow',
  canvas: 'Frames of canvases left out',
  console: 'Console lines left out',
  network: 'Requests left out',
};

/** Why the recorder lost events, by its own words for it. */
const DROPPED: Readonly<Record<string, string>> = {
  oversize: 'They were too large to be sent',
  queue_full: 'The browser had no more room to keep them',
  retries_exhausted: 'The server could not be reached for too long',
  refused: 'The server did not take them',
  conflict: 'Another window had sent under the same number',
  page_left: 'Their page was left before there was a reason to send them',
  not_json: 'What the page told was no JSON',
  other_rules: 'They waited for the network while the project’s rules of privacy changed',
  held_too_long: 'They had waited too long for a reason to be sent',
};

export function reducedWords(reason: string): string {
  return REDUCED[reason] ?? `Left out (${words(reason)})`;
}

/** Nothing of the page is missing; what was left out on purpose is no loss. */
export function isWhole(completeness: Completeness, gaps: readonly Gap[]): boolean {
  return completeness.complete && gaps.length === 0;
}

/** The badge: `Complete`, or how much is missing; where the end is not known, not that much. */
export function badge(completeness: Completeness, gaps: readonly Gap[]): string {
  if (!isWhole(completeness, gaps)) {
    const losses = statements(completeness, gaps).filter((statement) => statement.lost).length;
    return `Incomplete · ${count(losses, 'loss', 'losses')}`;
  }
  const verdict = completeness.openEnds > 0 ? 'No known loss' : 'Complete';
  return completeness.thinned > 0 ? `${verdict}, thinned out` : verdict;
}

/** What the certificate says in one sentence. */
export function verdict(completeness: Completeness, gaps: readonly Gap[]): string {
  if (!isWhole(completeness, gaps)) {
    return 'Part of what happened is missing; the replay says where.';
  }
  return completeness.openEnds > 0
    ? 'No part is known to be missing.'
    : 'Every part that a browser sent has arrived.';
}

/** The whole certificate, losses first. */
export function statements(c: Completeness, gaps: readonly Gap[]): Statement[] {
  const all: Statement[] = [];
  const say = (lost: boolean, condition: boolean, text: string): void => {
    if (condition) all.push({ lost, text });
  };
  say(
    true,
    c.missingChunks > 0,
    `${count(c.missingChunks, 'part')} of ${c.chunksExpected} never arrived.`,
  );
  for (const gap of gaps) say(true, true, `${gapWords(gap)}. ${reasonWords(gap.reason)}`);
  for (const [reason, n] of c.dropped) {
    say(
      true,
      true,
      `${count(n, 'event')} lost in the browser. ${DROPPED[reason] ?? `Reason: ${words(reason)}`}.`,
    );
  }
  say(
    false,
    c.missingChunks === 0 && c.chunksExpected > 0,
    `All ${count(c.chunksExpected, 'part')} that are known of have arrived.`,
  );
  say(
    false,
    c.openEnds > 0,
    `${count(c.openEnds, 'window')} ended without a goodbye: what happened last in it may be missing.`,
  );
  say(
    false,
    c.assetsMissing > 0,
    `${count(c.assetsMissing, 'image or font', 'images or fonts')} could not be kept.`,
  );
  for (const [reason, n] of c.reduced)
    say(false, true, `${reducedWords(reason)}: ${count(n, 'event')}.`);
  say(
    false,
    c.omitted > 0,
    `${count(c.omitted, 'earlier part')} let go: the project keeps the last minutes only.`,
  );
  say(
    false,
    c.throttled > 0,
    `${count(c.throttled, 'more failure')} happened than the recorder tells.`,
  );
  say(
    false,
    c.clockJumps > 0,
    `The browser’s clock was set ${count(c.clockJumps, 'time')} while it recorded; times around it may be off.`,
  );
  say(
    false,
    c.unlisted > 0,
    `${count(c.unlisted, 'line')} left out of the lists; the replay has them.`,
  );
  say(false, c.masked > 0, masked(c));
  return all;
}

function masked(c: Completeness): string {
  return c.maskable > 0
    ? `${share(Math.min(1, c.masked / c.maskable))} of the recorded texts and fields are masked.`
    : `${count(c.masked, 'value')} masked.`;
}
