import type { ObservedRequest } from '../../browser/observed-request';
import { contentTypeOf, xhrText } from '../../browser/response-text';
import { clip } from '../../tools/json-bytes';
import { redactUrlsIn } from '../../tools/redact-url';
import { normalClientId } from '../../tools/selector';
import { maskPersonalData } from '../recording/personal-data';
import { requestOf } from './failed-requests';
import { MAX_LABEL_LENGTH } from './limits';
import type { Sighting } from './marker';

/** An error stands at the beginning of a partial response; an update may be long. */
const HEAD_LENGTH = 8_000;
const MAX_ANSWER_LENGTH = 500_000;
const MAX_ID_LENGTH = 120;

/** What an ajax request of Jakarta Faces (also of JSF, PrimeFaces, OmniFaces) got for an answer. */
export interface FacesAnswer {
  /** The component that asked, without the numbers of rows. */
  source: string;
  /** Its id in the page. */
  sourceId: string;
  /** The partial response; undefined when the answer was none. */
  partial?: string;
}

function parameter(body: unknown, name: string): string | undefined {
  if (body instanceof FormData || body instanceof URLSearchParams) {
    const value = body.get(`jakarta.faces.${name}`) ?? body.get(`javax.faces.${name}`);
    return typeof value === 'string' ? value : undefined;
  }
  if (typeof body !== 'string') return undefined;
  const found = new RegExp(`(?:^|&)(?:jakarta|javax)\\.faces\\.${name}=([^&]*)`).exec(body)?.[1];
  try {
    return found && decodeURIComponent(found);
  } catch {
    return found;
  }
}

/** Reads what an XHR of Faces was answered; undefined for all other requests. */
export function facesAnswer(request: ObservedRequest): FacesAnswer | undefined {
  const { live, outcome, status } = request;
  if (!live?.xhr || outcome !== 'answered' || status >= 400) return undefined;
  const asked = parameter(live.requestBody, 'partial.ajax') === 'true';
  const isXml = /xml/i.test(contentTypeOf(live));
  if (!asked && !isXml) return undefined;
  const text = isXml ? xhrText(live.xhr)?.slice(0, MAX_ANSWER_LENGTH) : undefined;
  // A file or a document that the page asked for, and no XML text that could be read.
  if (isXml && text === undefined) return undefined;
  const isPartial = text?.slice(0, 500).includes('<partial-response') === true;
  if (!asked && !isPartial) return undefined;
  const sourceId = clip(parameter(live.requestBody, 'source') ?? '', MAX_ID_LENGTH);
  return { source: normalClientId(sourceId), sourceId, ...(isPartial && { partial: text ?? '' }) };
}

function content(partial: string, tag: string): string {
  const inner = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(partial)?.[1] ?? '';
  const text = inner
    .replace(/<!\[CDATA\[|\]\]>/g, '')
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '');
  return redactUrlsIn(text.trim());
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function named(source: string, text: string): string {
  return clip(source ? `${source}: ${text}` : text, MAX_LABEL_LENGTH);
}

/** A marker when the server failed behind a status of 200. */
export function facesErrorSighting(
  request: ObservedRequest,
  { source, partial }: FacesAnswer,
): Sighting | undefined {
  if (partial === undefined) {
    const type = (request.live && contentTypeOf(request.live).split(';')[0]) || 'nothing';
    return {
      kind: 'api_error',
      subkind: 'faces_answer',
      label: named(source, `${type} instead of a partial response`),
      evidence: 'often the page of a sign-in, because the session is over',
      request: requestOf(request),
    };
  }
  const head = partial.slice(0, HEAD_LENGTH);
  if (!head.includes('<error>')) return undefined;
  const name = content(head, 'error-name').replace(/^class /, '');
  return facesError(source, name, content(head, 'error-message'), request);
}

/** @param name of the class that was thrown, as the server tells it */
export function facesError(
  source: string,
  name: string,
  text: string,
  request?: ObservedRequest,
): Sighting {
  const expired = name.includes('ViewExpired');
  const message = maskPersonalData(clip(text, MAX_LABEL_LENGTH));
  const type = clip(name.split('.').at(-1) || 'error', 100);
  return {
    kind: 'api_error',
    subkind: expired ? 'view_expired' : 'faces_error',
    label: named(source, expired ? 'the view is expired' : `${type}: ${message}`),
    evidence: clip(name, MAX_LABEL_LENGTH),
    error: { type, message },
    ...(request && { request: requestOf(request) }),
  };
}
