import { observeResources, type LoadedResource } from '../../browser/resources';
import type { Guard } from '../../tools/guard';
import { redactUrl } from '../../tools/redact-url';
import type { Undo } from '../../tools/undo';
import type { AssetShelf } from './asset-shelf';

/** As much as the server takes of one content. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Of one page: what it brings beyond is a visitor's bandwidth for a replay's looks. */
const MAX_UPLOAD_BYTES = 8 * 1024 * 1024;
const MAX_PER_PAGE = 200;
/** In one telling. */
const BATCH = 50;
/** After the page's own loading. */
const SETTLE_MS = 2_000;

/** `no-store` and `private`: what the answer itself calls one visitor's own. */
const PERSONAL = /\b(?:no-store|private)\b/i;
const LOOKS = /^(?:image|font)\/|^application\/(?:font|x-font)/i;

export interface AssetKeeperParts {
  guard: Guard;
  shelf: AssetShelf;
  /** The fetch that the page had before we watched it. */
  originalFetch: typeof fetch;
  sessionId(): string;
  /** False while the session waits and may never be sent: then nobody hears of it. */
  mayLeave(): boolean;
  isExcluded(href: string): boolean;
  /** False in level strict: fonts are kept, pictures are not. */
  keepsPictures(): boolean;
  isPrivate(element: Element): boolean;
  isOwn(url: string): boolean;
  /** Something that the page showed will be missing in its replay. */
  onMissing(): void;
}

interface Waiting {
  url: string;
  /** The page that showed it; whether that is recorded is perhaps known only later. */
  shownAt: string;
}

interface Read {
  url: string;
  sha256: string;
  content: Blob;
}

/**
 * Keeps what the page is made of beside its DOM, out of the browser's own cache: pictures and
 * fonts (style sheets stand in the recording itself).
 */
export function keepAssets(parts: AssetKeeperParts): Undo {
  const { guard, shelf, originalFetch } = parts;
  const seen = new Set<string>();
  const waiting: Waiting[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let room = MAX_UPLOAD_BYTES;
  let stopped = false;

  function onResources(resources: LoadedResource[]): void {
    for (const resource of resources) {
      if (seen.has(resource.url) || parts.isOwn(resource.url)) continue;
      seen.add(resource.url);
      if (!resource.readable || resource.bytes > MAX_BYTES || seen.size > MAX_PER_PAGE) {
        parts.onMissing();
      } else waiting.push({ url: resource.url, shownAt: location.href });
    }
    if (waiting.length > 0) schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      whenIdle(() => {
        timer = undefined;
        if (stopped) return;
        if (!parts.mayLeave()) schedule();
        // A server that is away, or does not want it: the replay lives without.
        else work().catch(() => waiting.splice(0).forEach(parts.onMissing));
      });
    }, SETTLE_MS);
  }

  async function work(): Promise<void> {
    const personal = privatePictures();
    const read: Read[] = [];
    for (const { url, shownAt } of waiting.splice(0, BATCH)) {
      if (personal.has(url) || parts.isExcluded(shownAt)) continue;
      const found = await readFromCache(url);
      if (stopped) return;
      if (found === 'missing') parts.onMissing();
      else if (found !== 'unwanted') read.push(found);
    }
    if (read.length > 0) await bring(read);
    if (waiting.length > 0) schedule();
  }

  /** Asked late, because what is private may be said late. */
  function privatePictures(): Set<string> {
    const urls = new Set<string>();
    for (const image of document.images) {
      if (parts.isPrivate(image)) urls.add(image.currentSrc);
    }
    return urls;
  }

  async function readFromCache(url: string): Promise<Read | 'missing' | 'unwanted'> {
    try {
      const response = await originalFetch(url, {
        cache: 'force-cache',
        credentials: 'same-origin',
        priority: 'low',
      });
      const type = response.headers.get('Content-Type') ?? '';
      if (!LOOKS.test(type) || (type.startsWith('image/') && !parts.keepsPictures())) {
        return 'unwanted';
      }
      const personal = PERSONAL.test(response.headers.get('Cache-Control') ?? '');
      if (!response.ok || personal) return 'missing';
      const content = await response.blob();
      if (content.size > MAX_BYTES) return 'missing';
      const digest = await crypto.subtle.digest('SHA-256', await content.arrayBuffer());
      return { url: redactUrl(url), sha256: hex(digest), content };
    } catch {
      return 'missing';
    }
  }

  async function bring(read: Read[]): Promise<void> {
    const sessionId = parts.sessionId();
    const missing = await shelf.tell(
      sessionId,
      read.map(({ url, sha256 }) => ({ url, sha256 })),
    );
    for (const { sha256, content } of read) {
      if (!missing.delete(sha256) || stopped) continue;
      room -= content.size;
      if (room < 0) parts.onMissing();
      else await shelf.bring(sessionId, sha256, content);
    }
  }

  const unobserve = observeResources(window, guard, onResources);
  return () => {
    stopped = true;
    clearTimeout(timer);
    unobserve();
  };
}

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function whenIdle(run: () => void): void {
  // Safari has no such callback.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 5_000 });
  else run();
}

/** False where the visitor asked to be spared, and where hashing is not allowed (plain http). */
export function mayKeepAssets(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData !== true && typeof crypto === 'object' && 'subtle' in crypto;
}
