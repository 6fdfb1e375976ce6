import type { LiveRequest } from './observed-request';
import { headerOf } from './patch-xhr';

/** A stream that goes on and on is not waited for. */
const READ_MS = 5_000;

const TEXTUAL =
  /^(text\/|application\/(.*\+)?(json|xml|javascript|x-www-form-urlencoded|graphql))/i;

export function contentTypeOf({ response, xhr }: LiveRequest): string {
  return (
    (response ? response.headers.get('content-type') : xhr && headerOf(xhr, 'content-type')) ?? ''
  );
}

/** The first bytes of an answer as text. */
export interface AnswerText {
  text: string;
  /** More came than was read. */
  cut: boolean;
}

/** What an XHR holds already; undefined when it is no text. */
export function xhrText(xhr: XMLHttpRequest): string | undefined {
  if (xhr.responseType === '' || xhr.responseType === 'text') return xhr.responseText;
  return xhr.responseType === 'json' ? JSON.stringify(xhr.response) : undefined;
}

async function streamText(copy: Response, maxBytes: number): Promise<AnswerText | undefined> {
  const reader = copy.body?.getReader();
  if (!reader) return undefined;
  const timer = setTimeout(() => void reader.cancel(), READ_MS);
  const decoder = new TextDecoder();
  let text = '';
  let left = maxBytes;
  let cut = false;
  try {
    while (!cut) {
      const { done, value } = await reader.read();
      if (done) break;
      cut = value.byteLength > left;
      text += decoder.decode(cut ? value.subarray(0, left) : value, { stream: true });
      left -= value.byteLength;
    }
  } catch {
    // The page gave the request up; what came until then is what it got.
    cut = true;
  }
  clearTimeout(timer);
  // Not awaited: it settles only when the page has read its own copy.
  if (cut) void reader.cancel().catch(() => undefined);
  return { text, cut };
}

/**
 * Reads an answer beside the page. Must be called before the page reads it; the page keeps its own
 * copy, whole and untouched.
 */
export async function answerText(
  live: LiveRequest,
  maxBytes: number,
): Promise<AnswerText | undefined> {
  const { response, xhr } = live;
  if (!TEXTUAL.test(contentTypeOf(live))) return undefined;
  if (response) {
    return response.bodyUsed ? undefined : streamText(response.clone(), maxBytes);
  }
  const text = xhr && xhrText(xhr);
  // A character takes at least one byte; the exact cut is for the one who tells it.
  return text === undefined
    ? undefined
    : { text: text.slice(0, maxBytes), cut: text.length > maxBytes };
}
