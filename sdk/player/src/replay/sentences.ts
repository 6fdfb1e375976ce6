import type { ReadFailure } from '../api';
import { brief, clock, lasting, words } from '../format';
import type { Gap, RecordedSession, Track } from '../model/session';
import { hasPicture, lossBefore, spanAt } from './coverage';
import type { Prepared } from './reel';

/** What is said about the picture, in plain words. */
export interface Note {
  readonly tone: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly detail?: string;
  /** The note stands in place of the picture, instead of beside it. */
  readonly covers: boolean;
  readonly action?: 'retry' | 'reload' | 'skipGap';
  /** Goes away by itself. */
  readonly passing?: boolean;
}

/** Within this time of the end, a session that is still being recorded says so. */
const NEAR_END_MS = 250;

export function gapWords(gap: Gap): string {
  return `${lasting(gap.to - gap.from)} missing from ${clock(gap.from)} to ${clock(gap.to)}`;
}

/** The reason of a gap: a sentence of ours, or a code of the server in words. */
export function reasonWords(reason: string): string {
  return /[ .]/.test(reason) ? brief(reason, 160) : `Reason: ${words(reason)}.`;
}

export function jumpedGap(gap: Gap): string {
  return `Jumped over ${lasting(gap.to - gap.from)} that are missing`;
}

export function skippedIdle(ms: number): string {
  return `Skipped ${lasting(ms)} without activity`;
}

/** What to say once the picture of a moment was asked for. */
export function noteFor(
  session: RecordedSession,
  track: Track | null,
  gaps: readonly Gap[],
  ms: number,
  outcome: Prepared,
): Note | null {
  if (!track || track.chunks.length === 0) return nothingRecorded(session);
  if (!hasPicture(track)) return noSnapshot();
  switch (outcome.kind) {
    case 'failed':
      return notLoaded(outcome.failure);
    case 'late':
      return beginsLater(outcome.from);
    case 'undrawable':
      return undrawable();
    default:
      return noteAt(session, track, gaps, ms);
  }
}

/** What to say about a moment whose picture stands. */
export function noteAt(
  session: RecordedSession,
  track: Track,
  gaps: readonly Gap[],
  ms: number,
): Note | null {
  const gap = spanAt(gaps, ms);
  if (gap) {
    return {
      tone: 'warning',
      title: 'No picture for this moment',
      detail: `${gapWords(gap)}. ${reasonWords(gap.reason)}`,
      covers: true,
      action: gap.retrySeq === undefined ? 'skipGap' : 'retry',
    };
  }
  if (session.status === 'recording' && ms >= session.durationMs - NEAR_END_MS) {
    return {
      tone: 'info',
      title: 'This session is still being recorded',
      detail: 'You have seen all that has arrived so far.',
      covers: false,
      action: 'reload',
    };
  }
  const loss = lossBefore(track, gaps, ms);
  if (loss) {
    return {
      tone: 'warning',
      title: 'The picture may be incomplete',
      detail: `${gapWords(loss)}; changes to the page were lost in it.`,
      covers: false,
    };
  }
  return null;
}

function nothingRecorded(session: RecordedSession): Note {
  return session.status === 'recording'
    ? {
        tone: 'info',
        title: 'Nothing has arrived yet',
        detail: 'The session is being recorded; its first part is on the way.',
        covers: true,
        action: 'reload',
      }
    : {
        tone: 'warning',
        title: 'There is no recording to play',
        detail: 'No part of it is stored: none arrived, or its retention time has ended.',
        covers: true,
      };
}

function noSnapshot(): Note {
  return {
    tone: 'warning',
    title: 'This recording has no picture',
    detail:
      'No full snapshot of the page arrived, so it cannot be drawn. Console, network, events and errors are still there.',
    covers: true,
  };
}

function notLoaded(failure: ReadFailure): Note {
  return {
    tone: 'error',
    title: 'The recording could not be loaded',
    detail: failure.message,
    covers: true,
    ...(failure.retryable ? { action: 'retry' as const } : {}),
  };
}

function beginsLater(from: number): Note {
  return {
    tone: 'warning',
    title: `The picture begins at ${clock(from)}`,
    detail: 'No full snapshot of the page is stored for the time before.',
    covers: false,
  };
}

function undrawable(): Note {
  return {
    tone: 'error',
    title: 'This part of the recording could not be drawn',
    detail: 'Its events are damaged. Other moments may still play.',
    covers: true,
  };
}

export function sessionFailure(failure: ReadFailure): Note {
  switch (failure.kind) {
    case 'missing':
      return {
        tone: 'error',
        title: 'There is no such session',
        detail: 'It was deleted, its retention time has ended, or the address is mistyped.',
        covers: true,
      };
    case 'gone':
      return {
        tone: 'error',
        title: 'This session is no longer kept',
        detail: failure.message,
        covers: true,
      };
    case 'signedOut':
      return {
        tone: 'error',
        title: 'You have been signed out',
        detail: 'Sign in again and reload this page.',
        covers: true,
        action: 'reload',
      };
    default:
      return {
        tone: 'error',
        title: 'The session could not be loaded',
        detail: failure.message,
        covers: true,
        ...(failure.retryable ? { action: 'reload' as const } : {}),
      };
  }
}
