export const REDACTED = '[redacted]';

/** Headers that tell who somebody is or let others be them. */
const DENIED_HEADERS = new Set(
  (
    'authorization proxy-authorization cookie set-cookie x-api-key x-forwarded-for x-real-ip ' +
    'remote-addr forwarded x-csrf-token x-csrftoken x-xsrf-token'
  ).split(' '),
);

/** Parts of a name that stands for a secret, whatever it is the name of; `author` is none. */
const SECRET_NAME =
  /auth(?!or)|token|secret|session|csrf|xsrf|passw|pwd|credential|api[-_ ]?key|cookie|signature|jwt/i;

/** What only bodies have: cards and one-time codes. */
const SECRET_FIELD =
  /card[-_]?n|cvv|cvc|iban|\bssn\b|\botp\b|\bpin\b|private[-_]?key|view[-_]?state/i;

export function isSecretHeader(name: string): boolean {
  return DENIED_HEADERS.has(name.toLowerCase()) || SECRET_NAME.test(name);
}

export function isSecretField(name: string): boolean {
  return SECRET_NAME.test(name) || SECRET_FIELD.test(name);
}

/** `"name": value` in a JSON text that was cut, and so is none any more. */
const JSON_PAIR = /"((?:[^"\\]|\\.){1,100})"(\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,}\]]+)/g;

/** The text without the values of secret-named fields; `JSON.parse` decides whether it is JSON. */
export function redactJson(text: string): string {
  try {
    return JSON.stringify(
      JSON.parse(text, (name, value) => (isSecretField(name) ? REDACTED : value)),
    );
  } catch {
    return text.replace(JSON_PAIR, (pair, name: string, colon: string) =>
      isSecretField(name) ? `"${name}"${colon}"${REDACTED}"` : pair,
    );
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
