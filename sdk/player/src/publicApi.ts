import type { PlayerApp } from './app';
import type { Marker } from './model/session';
import type { TimelineEvent } from './model/timelineEvents';
import type { PlayerOptions } from './options';
import { rowAt } from './panels/rows';

/** The player as a script of the embedding page sees it. Times are session milliseconds. */
export interface RetrospecPlayer {
  /** Opens a session, paused; resolves when its first picture stands. */
  loadSession(
    sessionId: string,
    at?: { projectId?: string; t?: number; markerId?: string },
  ): Promise<void>;
  play(): void;
  pause(): void;
  /** Resolves when the picture of that moment stands. */
  seek(ms: number): Promise<void>;
  /** One of 0.5, 1, 2, 4, 8 and 16. */
  setSpeed(speed: number): void;
  /** The last marker or event at or before the time (default: the playhead); null when none. */
  getEventAtTime(ms?: number): Marker | TimelineEvent | null;
}

export function publicApi(app: PlayerApp, options: PlayerOptions): RetrospecPlayer {
  return {
    loadSession: (sessionId, at = {}) =>
      app.open({
        ...options,
        sessionId,
        projectId: at.projectId ?? options.projectId,
        startAt: at.t ?? null,
        markerId: at.markerId ?? null,
      }),
    play: () => {
      if (app.playback?.playing === false) app.playback.play();
    },
    pause: () => app.playback?.pause(),
    seek: (ms) => app.playback?.seek(ms) ?? Promise.resolve(),
    setSpeed: (speed) => app.setSpeed(speed),
    getEventAtTime: (ms = app.playback?.ms ?? 0) => {
      const all = [...(app.playback?.session.markers ?? []), ...app.events];
      all.sort((a, b) => a.ms - b.ms);
      return all[rowAt(all, ms)] ?? null;
    },
  };
}
