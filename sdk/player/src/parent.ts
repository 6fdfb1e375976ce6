/**
 * Talks with the page that embeds the player: the playhead for its address, and jumps that it
 * asks for. Only with a parent of the same origin.
 */
export class ParentPage {
  private known = 0;
  private sentAt = Number.NEGATIVE_INFINITY;
  private pending = 0;

  /** Four messages per second are enough for an address bar. */
  private static readonly INTERVAL_MS = 250;

  /** Listens for jumps, and for the theme when the viewer changes it. */
  listen(seek: (ms: number) => void): void {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.origin !== location.origin || event.source !== window.parent) return;
      const message = event.data as { type?: unknown; ms?: unknown; theme?: unknown } | null;
      if (message?.type === 'seek' && Number.isFinite(message.ms)) seek(message.ms as number);
      if (message?.type === 'theme' && (message.theme === 'light' || message.theme === 'dark')) {
        document.documentElement.dataset['theme'] = message.theme;
      }
    });
  }

  ready(durationMs: number): void {
    this.post({ type: 'ready', durationMs });
  }

  failed(message: string): void {
    this.post({ type: 'error', message });
  }

  /** The moment that the page itself asked for: it hears of the playhead once it is elsewhere. */
  startsAt(ms: number): void {
    this.known = Math.round(ms);
  }

  /** Sends the playhead, at once or when the interval is over; the last one is never lost. */
  time(ms: number): void {
    window.clearTimeout(this.pending);
    if (Math.round(ms) === this.known) return;
    const wait = this.sentAt + ParentPage.INTERVAL_MS - performance.now();
    if (wait > 0) {
      this.pending = window.setTimeout(() => this.time(ms), wait);
      return;
    }
    this.sentAt = performance.now();
    this.known = Math.round(ms);
    this.post({ type: 'time', ms: this.known });
  }

  /** The address of the embedding page with the playhead in it. */
  link(ms: number): string {
    return linkAt(this.address(), ms);
  }

  private address(): string {
    try {
      return window.parent.location.href;
    } catch {
      return location.href; // because a parent of another origin does not tell its address
    }
  }

  private post(message: Record<string, unknown>): void {
    if (window.parent === window) return;
    window.parent.postMessage({ source: 'retrospec-player', ...message }, location.origin);
  }
}

/** The time replaces what the address said before about where to begin. */
export function linkAt(address: string, ms: number): string {
  const url = new URL(address);
  url.searchParams.delete('marker');
  url.searchParams.set('t', String(Math.round(ms)));
  return url.href;
}
