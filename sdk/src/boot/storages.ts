import {
  createFallbackStorage,
  createMemoryStorage,
  createSafeStorage,
  type SafeStorage,
} from '../browser/storage';

export interface Storages {
  /** Lives as long as the tab. */
  tab: SafeStorage;
  /** Lives as long as the visitor lets it. */
  browser: SafeStorage;
  /** The browser's, and where that is forbidden the tab's: then each tab is a session. */
  session: SafeStorage;
}

export function openStorages(): Storages {
  const inFrame = window.top !== window;
  const tab = inFrame ? createMemoryStorage() : createSafeStorage(() => sessionStorage);
  const browser = createSafeStorage(() => localStorage);
  return { tab, browser, session: createFallbackStorage(browser, tab) };
}
