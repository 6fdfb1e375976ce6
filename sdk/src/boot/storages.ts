import { createMemoryStorage, createSafeStorage, type SafeStorage } from '../browser/storage';

export interface Storages {
  /** Lives as long as the tab. */
  tab: SafeStorage;
  /** Lives as long as the visitor lets it. */
  browser: SafeStorage;
}

export function openStorages(): Storages {
  const inFrame = window.top !== window;
  return {
    tab: inFrame ? createMemoryStorage() : createSafeStorage(() => sessionStorage),
    browser: createSafeStorage(() => localStorage),
  };
}
