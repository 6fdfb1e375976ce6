import { listen } from '../../browser/listen';
import type { Guard } from '../../tools/guard';
import { redactUrl } from '../../tools/redact-url';
import { undoAll, type Undo } from '../../tools/undo';
import { errorFacts, errorLabel } from './error-facts';
import type { OnSighting } from './marker';
import { isNews } from './told-errors';

/** The browser's own notice, not a failure of the page; it would top every list. */
const NOISE = /^ResizeObserver loop/;

/** Exceptions that nobody caught, and promises whose rejection nobody handled. */
export function watchExceptions(target: Window, guard: Guard, onSighting: OnSighting): Undo {
  const onError = guard((event: ErrorEvent) => {
    // Failed images and scripts come by here as plain events without a message.
    if (typeof event.message !== 'string' || NOISE.test(event.message)) return;
    if (!isNews(event.error)) return;
    const facts = event.error
      ? errorFacts(event.error)
      : errorFacts({ name: 'Error', message: event.message });
    const place = event.filename
      ? `${redactUrl(event.filename)}:${event.lineno}:${event.colno}`
      : undefined;
    onSighting({
      kind: 'js_exception',
      subkind: 'uncaught',
      label: errorLabel(facts),
      error: facts,
      ...(place && { evidence: place }),
    });
  });
  const onRejection = guard((event: PromiseRejectionEvent) => {
    const facts = errorFacts(event.reason);
    if (facts.type === 'AbortError' || !isNews(event.reason)) return;
    onSighting({
      kind: 'js_exception',
      subkind: 'unhandled_rejection',
      label: errorLabel(facts),
      error: facts,
    });
  });
  return undoAll([
    listen<ErrorEvent>(target, 'error', onError),
    listen<PromiseRejectionEvent>(target, 'unhandledrejection', onRejection),
  ]);
}
