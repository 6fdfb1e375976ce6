import { listen } from '../../browser/listen';
import type { Guard } from '../../tools/guard';
import { redactUrl } from '../../tools/redact-url';
import { describeElement } from '../../tools/selector';
import type { Undo } from '../../tools/undo';
import { pathOf } from './failed-requests';
import { isIgnored } from './ignored';
import type { OnSighting } from './marker';

/** Where an element says what it loads. */
const ADDRESS: Record<string, string> = { IMG: 'currentSrc', SCRIPT: 'src', LINK: 'href' };

/** `shop.example.com` and `cdn.example.com`: the last two labels, or the whole of an IP address. */
function siteOf(hostname: string): string {
  return /^[\d.]+$|:/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.');
}

function statusOf(url: string): number {
  const entry = performance.getEntriesByName(url).at(-1) as
    (PerformanceEntry & { responseStatus?: number }) | undefined;
  return entry?.responseStatus ?? 0;
}

/**
 * Images, scripts and style sheets that did not load. Only the site's own: what others serve is held
 * back by every blocker of advertisements, and nobody misses it.
 */
export function watchFailedResources(
  target: Window,
  guard: Guard,
  isPrivate: (element: Element) => boolean,
  early: Element[],
  onSighting: OnSighting,
): Undo {
  function look(element: Element): void {
    const property = ADDRESS[element.tagName];
    const address = property && ((element as never)[property] || (element as HTMLImageElement).src);
    if (!address || !/^https?:/.test(address)) return;
    const { hostname } = new URL(address);
    if (siteOf(hostname) !== siteOf(target.location.hostname)) return;
    if (isIgnored(element, 'failed_resource')) return;
    const url = redactUrl(address);
    const status = statusOf(address);
    // The name of a picture tells as much as its text.
    const isSecret = element.tagName === 'IMG' && isPrivate(element);
    const what = `${element.tagName.toLowerCase()}${isSecret ? '' : ` ${pathOf(url)}`}`;
    onSighting({
      kind: 'api_error',
      subkind: 'failed_resource',
      label: `${what} ${status || 'failed'}`,
      ...(!isSecret && { request: { method: 'GET', url, status, durationMs: 0 } }),
      element: { selector: describeElement(element) },
    });
  }

  early.splice(0).forEach(guard(look));
  return listen(
    target,
    'error',
    guard((event: Event) => {
      if (event.target instanceof Element) look(event.target);
    }),
    { capture: true },
  );
}
