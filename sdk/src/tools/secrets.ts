export const REDACTED = '[redacted]';

/** Headers that tell who somebody is or let others be them. */
const DENIED_HEADERS = new Set(
  (
    'authorization proxy-authorization cookie set-cookie x-api-key x-forwarded-for x-real-ip ' +
    'remote-addr forwarded x-csrf-token x-csrftoken x-xsrf-token'
  ).split(' '),
);

/** Parts of a name that stands for a secret, of a field of a page as of a body. */
const SECRET_NAME =
  /pass(?!eng|age|ive)|pwd|secret|token|[cx]srf|credential|(?:api|access|private)[-_ ]?key|card[-_ ]?n|cc[-_ ]?n|cv[cnv]|iban|ssn(?!ame)|(?:csc|pin|otp|mfa)(?![a-z])|one[-_ ]?time|(?:verif\w*|security)[-_ ]?(?:code|answer)|code[-_ ]?verif|2fa/i;

/** What else a server and a browser keep between themselves; `author` is none. */
const SECRET_OF_SERVERS =
  /auth(?!or(?!i[sz]))|session|sess[-_ ]?id|(?:^|[^a-z])sid(?![a-z])|cookie|signature|jwt|view[-_ ]?state/i;

/** `userPin` → `user_Pin`, `PINCode` → `PIN_Code`: a capital letter may begin a word of its own. */
function inWords(name: string): string {
  return name.replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z]{2})/g, '$1$3_$2');
}

/** Whether what stands in a field of a page is never shown, by the field's name. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(inWords(name));
}

export function isSecretHeader(name: string): boolean {
  return DENIED_HEADERS.has(name.toLowerCase()) || isSecretField(name);
}

export function isSecretField(name: string): boolean {
  return isSecretName(name) || SECRET_OF_SERVERS.test(inWords(name));
}

/** Before each quote the same backslashes: a text in a text has one, one in that has three … */
const JSON_NAME = /(\\{0,15})"([^"]{1,100}?)\1"\s*:\s*/g;

/**
 * Where a value of a JSON text ends; of a text that was cut, perhaps only with it.
 *
 * @param slashes how many of them stand before a quote, where that text is a text of JSON itself
 */
function endOfValue(text: string, from: number, slashes: number): number {
  let depth = 0;
  let isQuoted = false;
  let run = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '\\') {
      run++;
      continue;
    }
    const before = run;
    run = 0;
    if (sign === '"') {
      // The text around ends here, and with it what was cut.
      if (before < slashes) return at - before;
      if ((before - slashes) % (2 * (slashes + 1)) !== 0) continue;
      isQuoted = !isQuoted;
      if (!isQuoted && depth === 0) return at + 1;
    } else if (isQuoted) continue;
    else if ('{['.includes(sign)) depth++;
    else if ('}]'.includes(sign)) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && /[\s,]/.test(sign)) return at;
  }
  return text.length;
}

/**
 * Any text with JSON in it, be it whole or cut, without the values of secret-named fields; also
 * where JSON stands in a text of JSON, as what was sent does in a logged request.
 */
export function redactPairs(text: string): string {
  let told = '';
  let from = 0;
  for (const { 0: pair, 1: slashes = '', 2: name = '', index } of text.matchAll(JSON_NAME)) {
    if (index < from || !isSecretField(name)) continue;
    const value = index + pair.length;
    told += `${text.slice(from, value)}${slashes}"${REDACTED}${slashes}"`;
    from = endOfValue(text, value, slashes.length);
  }
  return told + text.slice(from);
}

/** The text without the values of secret-named fields; `JSON.parse` decides whether it is JSON. */
export function redactJson(text: string): string {
  try {
    // By the reviver where a name is written with escapes, by the text what stands within texts.
    return redactPairs(
      JSON.stringify(JSON.parse(text, (name, value) => (isSecretField(name) ? REDACTED : value))),
    );
  } catch {
    return redactPairs(text);
  }
}

/** `a=1&token=2` without the values of secret-named fields. */
export function redactForm(text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const name = pair.split('=', 1)[0] ?? '';
      return isSecretField(name) ? `${name}=${REDACTED}` : pair;
    })
    .join('&');
}
