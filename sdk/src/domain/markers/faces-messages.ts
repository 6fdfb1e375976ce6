import { clip } from '../../tools/json-bytes';
import { maskPersonalData } from '../recording/personal-data';
import { describeElement } from '../../tools/selector';
import type { FacesAnswer } from './faces-answers';
import { isIgnored } from './ignored';
import { MAX_LABEL_LENGTH } from './limits';
import type { Sighting } from './marker';

/** How PrimeFaces and RichFaces mark a message of severity error; `h:messages` marks none. */
const MARKED =
  /\bui-messages?-(error|fatal)\b|\brf-msgs?-(err|ftl)\b|severity:\s*['"](error|fatal)/;
const SHOWN =
  '.ui-messages-error, .ui-messages-fatal, .ui-message-error, .ui-message-fatal,' +
  '.ui-growl-error .ui-growl-message, .rf-msgs-err, .rf-msg-err';
/** Where a page says itself that error messages appear, for what has no mark of its own. */
const DECLARED = '[data-retrospec-messages]';
/** PrimeFaces says so in the answer, whether or not the page shows a message. */
const REJECTED = /"validationFailed"\s*:\s*true/;
const MAX_TOLD = 3;

function textOf(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/**
 * A marker when an ajax update rejected what the visitor entered. Call it when the page has taken the
 * update in.
 */
export function facesMessageSighting(
  { source, sourceId, partial = '' }: FacesAnswer,
  page: Document,
  isPrivate: (element: Element) => boolean,
): Sighting | undefined {
  const declared = [...page.querySelectorAll(DECLARED)].filter(
    (element) => element.id && partial.includes(`"${element.id}"`) && textOf(element),
  );
  const rejected = REJECTED.test(partial);
  if (!rejected && declared.length === 0 && !MARKED.test(partial)) return undefined;
  const shown = [...page.querySelectorAll(SHOWN), ...declared].filter((it) => textOf(it));
  const control = page.getElementById(sourceId);
  const ignorable = [control, ...shown].filter((it) => it !== null);
  if (ignorable.some((element) => isIgnored(element, 'faces_message'))) return undefined;
  const told = shown
    .filter((element) => !isPrivate(element))
    .map((element) => maskPersonalData(textOf(element)));
  return {
    kind: 'validation_failed',
    subkind: 'faces_message',
    label: clip(`Rejected: ${source || 'form'}`, MAX_LABEL_LENGTH),
    evidence: clip(
      [...new Set(told)].slice(0, MAX_TOLD).join(' | ') ||
        (shown.length > 0 ? 'a message was shown' : 'no message was shown'),
      MAX_LABEL_LENGTH,
    ),
    ...(control && { element: { selector: describeElement(control) } }),
  };
}
