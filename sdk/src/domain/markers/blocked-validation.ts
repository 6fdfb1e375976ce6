import { listen } from '../../browser/listen';
import type { Guard } from '../../tools/guard';
import { describeElement } from '../../tools/selector';
import { undoAll, type Undo } from '../../tools/undo';
import { isIgnored } from './ignored';
import type { OnSighting } from './marker';

/** Scripts call checkValidity() at any time; only right after a try to submit it blocks a person. */
const SUBMIT_TRY_MS = 1_000;

function reasonOf(field: { validity?: ValidityState }): string {
  for (const reason in field.validity) {
    if (reason !== 'valid' && field.validity[reason as keyof ValidityState]) return reason;
  }
  return 'invalid';
}

/** A form that the browser refused to send: one marker for one try, however many fields fail. */
export function watchBlockedValidation(target: Window, guard: Guard, onSighting: OnSighting): Undo {
  let lastTryAt = -Infinity;
  let blocked: Element[] = [];

  const tell = guard(() => {
    const [first] = blocked;
    const count = blocked.length;
    blocked = [];
    if (!first) return;
    const reason = reasonOf(first as Element & { validity?: ValidityState });
    const name = first.getAttribute('name') ?? first.id ?? '';
    onSighting({
      kind: 'validation_failed',
      subkind: 'form_blocked',
      label: `Form blocked: ${name || describeElement(first)} ${reason}`,
      evidence: `${count} invalid ${count === 1 ? 'field' : 'fields'}`,
      element: { selector: describeElement(first) },
    });
  });
  const onTry = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
    lastTryAt = event.timeStamp;
  };
  return undoAll([
    listen(target.document, 'click', onTry, { capture: true }),
    listen(target.document, 'keydown', onTry, { capture: true }),
    listen(
      target.document,
      'invalid',
      guard((event: Event) => {
        if (event.timeStamp - lastTryAt > SUBMIT_TRY_MS || !(event.target instanceof Element))
          return;
        if (isIgnored(event.target, 'form_blocked')) return;
        // All fields of one form report in the same task.
        if (blocked.length === 0) queueMicrotask(() => setTimeout(tell, 0));
        blocked.push(event.target);
      }),
      { capture: true },
    ),
  ]);
}
