const REDACTED = '_';

/** `?a=1&b` → `?a=_&b`: the names tell what was asked, the values may tell who asked. */
function redactPairs(pairs: string): string {
  return pairs
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? pair : `${pair.slice(0, at)}=${REDACTED}`;
    })
    .join('&');
}

/**
 * Drops what a URL may tell about a person: query values, values in the fragment, credentials,
 * servlet session ids; of `mailto:`, `tel:` and the like only the scheme is left.
 * `data:` and `blob:` addresses stay as they are. Relative addresses stay relative.
 */
export function redactUrl(url: string): string {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'data' || scheme === 'blob') return url;
  if (scheme && !['http', 'https', 'ws', 'wss', 'file', 'about'].includes(scheme)) {
    return `${scheme}:${REDACTED}`;
  }
  const hashAt = url.indexOf('#');
  const beforeHash = hashAt < 0 ? url : url.slice(0, hashAt);
  const hash = hashAt < 0 ? '' : url.slice(hashAt + 1);
  const queryAt = beforeHash.indexOf('?');
  const path = queryAt < 0 ? beforeHash : beforeHash.slice(0, queryAt);
  const query = queryAt < 0 ? '' : `?${redactPairs(beforeHash.slice(queryAt + 1))}`;
  const cleanPath = path
    .replace(/^([a-z]+:)?\/\/[^/@]*@/i, '$1//')
    .replace(/;(jsessionid)=[^/;]*/gi, `;$1=${REDACTED}`);
  return cleanPath + query + (hash ? `#${redactHash(hash)}` : '');
}

function redactHash(hash: string): string {
  const queryAt = hash.indexOf('?');
  if (queryAt >= 0) return `${hash.slice(0, queryAt)}?${redactPairs(hash.slice(queryAt + 1))}`;
  return redactPairs(hash);
}

/** Line and column behind an address, as a stack has them. */
const PLACE = /(?::\d+){1,2}$/;

/**
 * React 19 says by a value whether a text or an element is not what the server rendered. The word
 * is React's own: as a name it stays, here and on the server.
 */
const HYDRATION = /(react\.dev\/errors\/418\?)args\[\]=(text|HTML)(?=&|$|\s)/g;

/**
 * Every address within a text, redacted: a stack names the page itself, with its query, for each
 * frame of an inline script.
 */
export function redactUrlsIn(text: string): string {
  return text.replace(HYDRATION, '$1$2').replace(/\b(?:https?|wss?):\/\/[^\s"'`<>()]+/gi, (url) => {
    const place = PLACE.exec(url)?.[0] ?? '';
    return redactUrl(url.slice(0, url.length - place.length)) + place;
  });
}

/** `a.png 1x, b.png?id=5 2x`, each address redacted. */
export function redactSrcset(srcset: string): string {
  return srcset
    .split(/,\s+/)
    .map((candidate) => {
      const [url = '', ...descriptor] = candidate.trim().split(/\s+/);
      return [redactUrl(url), ...descriptor].join(' ');
    })
    .join(', ');
}

/** Quoted in one way or the other, or plain; what is never closed reaches to the end. */
const CSS_URL =
  /url\(\s*(?:"((?:[^"\\]|\\[^])*)"?|'((?:[^'\\]|\\[^])*)'?|((?:[^)\\]|\\[^])*))\s*\)?/gi;

/** Every `url(…)` inside a style text, redacted. */
export function redactCssUrls(css: string): string {
  return css.replace(CSS_URL, (_whole, double?: string, single?: string, plain = '') => {
    const quote = double !== undefined ? '"' : single !== undefined ? "'" : '';
    return `url(${quote}${redactUrl((double ?? single ?? plain).trim())}${quote})`;
  });
}

/** A style text that names no address, but places of the page itself. */
export function withoutCssUrls(css: string): string {
  const bare = css.replace(CSS_URL, (whole) => (/^url\(\s*["']?#/i.test(whole) ? whole : 'none'));
  // Addresses of picture sets need no `url`.
  return /image-set\(/i.test(bare) ? bare.replace(/"[^"]*"?|'[^']*'?/g, '""') : bare;
}
