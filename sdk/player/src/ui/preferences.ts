/** What the viewer chose, remembered in this browser. Works without storage, too. */
export interface Preferences {
  readonly speed: number;
  readonly skipIdle: boolean;
  readonly keyboard: boolean;
}

export const SPEEDS = [0.5, 1, 2, 4, 8, 16] as const;

const STORAGE_KEY = 'retrospec.player';
const DEFAULTS: Preferences = { speed: 1, skipIdle: true, keyboard: true };

export function readPreferences(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(STORAGE_KEY));
  } catch {
    return DEFAULTS; // because storage may be refused, and the player works without
  }
}

export function writePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences));
  } catch {
    // because storage may be full or refused, and the choice still counts for this visit
  }
}

/** Anything unreadable falls back to the default, choice by choice. */
export function parsePreferences(text: string | null): Preferences {
  let stored: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    stored = (JSON.parse(text ?? '{}') ?? {}) as typeof stored;
  } catch {
    return DEFAULTS;
  }
  return {
    speed: SPEEDS.find((speed) => speed === stored.speed) ?? DEFAULTS.speed,
    skipIdle: typeof stored.skipIdle === 'boolean' ? stored.skipIdle : DEFAULTS.skipIdle,
    keyboard: typeof stored.keyboard === 'boolean' ? stored.keyboard : DEFAULTS.keyboard,
  };
}
