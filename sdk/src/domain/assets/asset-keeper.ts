import type { Cached } from '../../browser/cached';
import { observeResources, type LoadedResource } from '../../browser/resources';
import type { Guard } from '../../tools/guard';
import { redactUrl } from '../../tools/redact-url';
import type { Undo } from '../../tools/undo';
import type { AssetShelf, AssetUse } from './asset-shelf';
import {
  findBackgrounds,
  findPrivatePictures,
  withoutHash,
  type ShownPictures,
} from './shown-pictures';

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
const FONT = /^(?:font\/|application\/(?:font|x-font))/i;

export interface AssetKeeperParts {
  guard: Guard;
  shelf: AssetShelf;
  cached: Cached;
  sessionId(): string;
  /** False while what is recorded waits and may never be sent: then nobody hears of it. */
  mayLeave(): boolean;
  isExcluded(href: string): boolean;
  /** False in level strict: fonts are kept, pictures are not. */
  keepsPictures(): boolean;
  shown: ShownPictures;
  isPrivate(element: Element): boolean;
  isOwn(url: string): boolean;
  /** Something that the page showed will be missing in its replay. */
  onMissing(): void;
}

interface Waiting extends LoadedResource {
  /** The page that showed it; whether that is recorded is perhaps known only later. */
  shownAt: string;
}

interface Read {
  url: string;
  isFont: boolean;
  sha256: string;
  content: Blob;
}

/** What a document has told already: a recording that goes on after a pause does not begin anew. */
interface Told {
  sessionId: string;
  seen: Set<string>;
  /** Hashes by the address that the recording has; `AMBIGUOUS` for several. */
  contents: Map<string, string>;
  room: number;
}

/** Addresses that differ only in what redaction takes out, and show different contents. */
const AMBIGUOUS = '';

let told: Told | undefined;

function toldIn(sessionId: string): Told {
  if (told?.sessionId !== sessionId) {
    told = { sessionId, seen: new Set(), contents: new Map(), room: MAX_UPLOAD_BYTES };
  }
  return told;
}

/**
 * Keeps what the page is made of beside its DOM, out of the browser's own cache: pictures and
 * fonts (style sheets stand in the recording itself).
 */
export function keepAssets(parts: AssetKeeperParts): Undo {
  const { guard, shelf, cached, shown } = parts;
  const waiting: Waiting[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function onResources(resources: LoadedResource[]): void {
    const { seen } = toldIn(parts.sessionId());
    for (const resource of resources) {
      if (seen.has(resource.url) || parts.isOwn(resource.url)) continue;
      if (!resource.isOwnOrigin || resource.bytes > MAX_BYTES || seen.size >= MAX_PER_PAGE) {
        parts.onMissing();
      } else {
        seen.add(resource.url);
        waiting.push({ ...resource, shownAt: location.href });
      }
    }
    if (waiting.length > 0) schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      whenIdle(() => {
        timer = undefined;
        if (stopped) return;
        if (!parts.mayLeave()) schedule();
        else work().catch(guard(fail));
      });
    }, SETTLE_MS);
  }

  async function work(): Promise<void> {
    const batch = waiting.splice(0, BATCH);
    const read: Read[] = [];
    for (const resource of batch) {
      if (parts.isExcluded(resource.shownAt)) continue;
      const found = await readCached(resource);
      if (found === 'missing') parts.onMissing();
      else if (found !== 'unwanted') read.push(found);
    }
    if (stopped) return;
    const state = toldIn(parts.sessionId());
    const wanted = withoutPrivate(read);
    if (wanted.length > 0) await bring(wanted, state);
    if (!stopped && waiting.length > 0) schedule();
  }

  async function readCached({ url, byElement }: Waiting): Promise<Read | 'missing' | 'unwanted'> {
    if (byElement && !(parts.keepsPictures() && shown.has(url))) return 'unwanted';
    const response = await cached.read(url);
    if (!response?.ok) return 'missing';
    const type = response.headers.get('Content-Type') ?? '';
    const isFont = FONT.test(type);
    if (!isFont && !type.startsWith('image/')) return 'unwanted';
    if (PERSONAL.test(response.headers.get('Cache-Control') ?? '')) return 'missing';
    const content = await response.blob();
    if (content.size > MAX_BYTES) return 'missing';
    const digest = await crypto.subtle.digest('SHA-256', await content.arrayBuffer());
    return { url, isFont, sha256: hex(digest), content };
  }

  /** Asked late, because what is private may be said late. */
  function withoutPrivate(read: Read[]): Read[] {
    const doubtful = read.filter(({ url, isFont }) => !isFont && !shown.has(url));
    const urls = new Set(doubtful.map(({ url }) => withoutHash(url)));
    const found = parts.keepsPictures() ? findBackgrounds(urls, parts.isPrivate) : new Set();
    const hidden = findPrivatePictures(parts.isPrivate);
    return read.filter(({ url, isFont }) => {
      const plain = withoutHash(url);
      const isShown = found.has(plain) || (shown.has(url) && !hidden.has(plain));
      return isFont || (parts.keepsPictures() && isShown);
    });
  }

  async function bring(read: Read[], state: Told): Promise<void> {
    const uses = read.map(({ url, sha256 }) => ({ url: redactUrl(url), sha256 }));
    uses.forEach((use) => noteContent(use, state));
    const missing = await shelf.tell(state.sessionId, uses).catch(() => undefined);
    for (const [at, { sha256, content }] of read.entries()) {
      if (stopped) return;
      // A server that is away, or does not want it: the replay lives without.
      if (!missing) parts.onMissing();
      else if (state.contents.get(uses[at]?.url ?? '') === sha256 && missing.delete(sha256)) {
        state.room -= content.size;
        const isKept = state.room >= 0 && (await shelf.bring(state.sessionId, sha256, content));
        if (!isKept) parts.onMissing();
      }
    }
  }

  /** Neither of two contents of one address can be shown; the server is told of both. */
  function noteContent({ url, sha256 }: AssetUse, { contents }: Told): void {
    const before = contents.get(url);
    if (before === sha256) return;
    contents.set(url, before === undefined ? sha256 : AMBIGUOUS);
    if (before !== undefined) parts.onMissing();
    if (before) parts.onMissing();
  }

  const unobserve = observeResources(window, guard, onResources);
  return () => {
    stopped = true;
    clearTimeout(timer);
    unobserve();
    cached.close();
    shelf.close();
    // They come again when the recording goes on.
    for (const { url } of waiting) told?.seen.delete(url);
  };
}

function fail(error: unknown): never {
  throw error;
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
