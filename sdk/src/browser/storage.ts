/** Web storage that never throws: it may be forbidden, full, or absent. */
export interface SafeStorage {
  get(key: string): string | null;
  /** False when the browser refused to keep it. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
}

export function createSafeStorage(open: () => Storage | undefined): SafeStorage {
  let storage: Storage | undefined;
  try {
    storage = open();
  } catch {
    // Reading `window.localStorage` itself throws where cookies are forbidden.
  }
  return {
    get(key) {
      try {
        return storage?.getItem(key) ?? null;
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        storage?.setItem(key, value);
        return storage !== undefined;
      } catch {
        return false;
      }
    },
    remove(key) {
      try {
        storage?.removeItem(key);
      } catch {
        // Nothing was kept, so nothing is left to remove.
      }
    },
  };
}

/** Keeps in the second what the first refuses. */
export function createFallbackStorage(first: SafeStorage, second: SafeStorage): SafeStorage {
  return {
    get: (key) => first.get(key) ?? second.get(key),
    set: (key, value) => first.set(key, value) || second.set(key, value),
    remove(key) {
      first.remove(key);
      second.remove(key);
    },
  };
}

/** For frames: they share the tab's storage with the page around them and must not take its window. */
export function createMemoryStorage(): SafeStorage {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => {
      values.set(key, value);
      return true;
    },
    remove: (key) => void values.delete(key),
  };
}
