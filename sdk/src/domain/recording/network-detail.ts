import type { LiveRequest } from '../../browser/observed-request';
import { contentTypeOf, type AnswerText } from '../../browser/response-text';
import { clipBytes } from '../../tools/json-bytes';
import { redactUrlsIn } from '../../tools/redact-url';
import { maskPersonalData } from './personal-data';
import { isSecretHeader, REDACTED, redactForm, redactJson } from '../../tools/secrets';

/** The most that is kept of one body. */
export const MAX_BODY_BYTES = 150_000;
const MAX_HEADERS = 50;
const MAX_HEADER_LENGTH = 500;

export interface NetworkDetail {
  requestHeaders?: Record<string, string>;
  responseHeaders?: Record<string, string>;
  requestBody?: string;
  responseBody?: string;
}

function headers(pairs: Iterable<[string, string]>): Record<string, string> {
  const told: Record<string, string> = {};
  for (const [name, value] of [...pairs].slice(0, MAX_HEADERS)) {
    told[name.toLowerCase()] = isSecretHeader(name)
      ? REDACTED
      : redactUrlsIn(value.slice(0, MAX_HEADER_LENGTH));
  }
  return told;
}

function responseHeaders({ response, xhr }: LiveRequest): Record<string, string> {
  if (response) return headers(response.headers.entries());
  const lines = xhr?.getAllResponseHeaders().trim().split(/\r\n/) ?? [];
  return headers(
    lines.map((line): [string, string] => {
      const at = line.indexOf(':');
      return [line.slice(0, at), line.slice(at + 1).trim()];
    }),
  );
}

/** A body as it is told: secret-named fields without their values, addresses without theirs. */
export function bodyText(text: string, contentType: string): string {
  const isForm = /form-urlencoded/i.test(contentType);
  const isJson = /json/i.test(contentType) || /^\s*[{[]/.test(text);
  const redacted = isForm ? redactForm(text) : isJson ? redactJson(text) : text;
  return clipBytes(maskPersonalData(redactUrlsIn(redacted)), MAX_BODY_BYTES);
}

/** Only what can be read without taking it away from the page, and of forms the names alone. */
function requestBody(body: unknown, told: Record<string, string>): string | undefined {
  if (body instanceof FormData) return `[form data] ${[...new Set(body.keys())].join(', ')}`;
  if (body instanceof URLSearchParams) return bodyText(String(body), 'form-urlencoded');
  if (typeof body !== 'string') return undefined;
  const isPairs = /^[\w.:%+[\]-]+=[^\s{]*$/.test(body.slice(0, 1_000));
  const type = told['content-type'] ?? (isPairs ? 'form-urlencoded' : '');
  return bodyText(body.slice(0, MAX_BODY_BYTES), type);
}

/** Headers and bodies of a request whose address the project's rules name. */
export function networkDetail(live: LiveRequest, answer: AnswerText | undefined): NetworkDetail {
  const sent = headers(new Headers(live.requestHeaders).entries());
  const body = requestBody(live.requestBody, sent);
  return {
    requestHeaders: sent,
    responseHeaders: responseHeaders(live),
    ...(body !== undefined && { requestBody: body }),
    ...(answer && {
      responseBody: bodyText(answer.text, contentTypeOf(live)) + (answer.cut ? '…' : ''),
    }),
  };
}
