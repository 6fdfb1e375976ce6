import type { AssetMap } from './replay/assets';

/** What the dashboard asks for in the player's address. */
export interface PlayerOptions {
  readonly sessionId: string;
  readonly projectId: string;
  /** Session milliseconds to open at; null when not asked for. */
  readonly startAt: number | null;
  /** The marker to open at; goes before `startAt`. */
  readonly markerId: string | null;
  readonly mini: boolean;
  readonly theme: 'light' | 'dark' | null;
}

export function readOptions(search: string): PlayerOptions {
  const query = new URLSearchParams(search);
  const time = query.get('t');
  const startAt = time === null || time === '' ? Number.NaN : Number(time);
  const theme = query.get('theme');
  return {
    sessionId: query.get('session') ?? '',
    projectId: query.get('project') ?? '',
    startAt: Number.isFinite(startAt) ? Math.max(0, startAt) : null,
    markerId: query.get('marker'),
    mini: query.get('mini') === '1',
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  };
}

/** Where things are when they are not on a server. */
export interface Places {
  readonly request?: typeof fetch;
  readonly assets?: AssetMap;
}
