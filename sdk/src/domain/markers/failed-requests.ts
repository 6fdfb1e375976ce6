import type { ObservedRequest } from '../../browser/patch-fetch';
import { redactUrl } from '../../tools/redact-url';
import type { Sighting } from './marker';

/** From here on HTTP calls an answer an error. */
const FIRST_ERROR_STATUS = 400;

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/[?#].*$/, '') || '/';
}

/** A marker for a request that failed or was refused; none for one that the page gave up itself. */
export function failedRequestSighting(request: ObservedRequest): Sighting | undefined {
  const { outcome, method, status, durationMs } = request;
  if (outcome === 'aborted' || (outcome === 'answered' && status < FIRST_ERROR_STATUS)) {
    return undefined;
  }
  const url = redactUrl(request.url);
  return {
    kind: 'api_error',
    subkind: outcome === 'failed' ? 'network_failure' : 'http_status',
    label: `${method} ${pathOf(url)} ${outcome === 'failed' ? 'failed' : status}`,
    request: { method, url, status, durationMs },
  };
}
