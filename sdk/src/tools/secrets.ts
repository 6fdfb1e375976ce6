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
  /pass(?!eng|age|ive)|pwd|secret|token|[cx]srf|credential|api[-_ ]?key|private[-_ ]?key|card[-_ ]?n|cc[-_ ]?n|cvc|cvv|iban|ssn(?!ame)|(?:csc|pin|otp|mfa)(?![a-z])|one[-_ ]?time|(?:verif\w*|security)[-_ ]?code|2fa/i;

/** What else a server and a browser keep between themselves; `author` is none. */
const SECRET_OF_SERVERS = /auth(?!or)|session|cookie|signature|jwt|view[-_ ]?state/i;

/** `userPin` → `user_Pin`: what begins with a capital letter is a word of its own. */
function inWords(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2');
}

/** Whether what stands in a field of a page is never shown, by the field's name. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(inWords(name));
}

export function isSecretHeader(name: string): boolean {
  return DENIED_HEADERS.has(name.toLowerCase()) || isSecretField(name);
}

export function isSecretField(name: string): boolean {
  return isSecretName(name) || SECRET_OF_SERVERS.test(name);
}

const JSON_NAME = /"((?:[^"\\]|\\.){1,100})"\s*:\s*/g;

/** Where a value of a JSON text ends; of a text that was cut, perhaps only with it. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let at = from; at < text.length; at++) {
    const sign = text.charAt(at);
    if (isQuoted) {
      if (sign === '\\') at++;
      else if (sign === '"') isQuoted = false;
      if (isQuoted || depth > 0) continue;
      return at + 1;
    }
    if (sign === '"') isQuoted = true;
    else if ('{['.includes(sign)) depth++;
    else if ('}]'.includes(sign)) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && /[\s,]/.test(sign)) return at;
  }
  return text.length;
}

/** Any text with JSON in it, be it whole or cut, without the values of secret-named fields. */
export function redactPairs(text: string): string {
  let told = '';
  let from = 0;
  for (const { 0: pair, 1: name = '', index } of text.matchAll(JSON_NAME)) {
    if (index < from || !isSecretField(name)) continue;
    const value = index + pair.length;
    told += `${text.slice(from, value)}"${REDACTED}"`;
    from = endOfValue(text, value);
  }
  return told + text.slice(from);
}

/** The text without the values of secret-named fields; `JSON.parse` decides whether it is JSON. */
export function redactJson(text: string): string {
  try {
    return JSON.stringify(
      JSON.parse(text, (name, value) => (isSecretField(name) ? REDACTED : value)),
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
