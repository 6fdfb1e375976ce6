/** What the SDK tells of a failure, by its own detectors, kept for the recording. */
import { observeConsole } from '../../sdk/src/browser/patch-console';
import { observeFetch } from '../../sdk/src/browser/patch-fetch';
import { observeXhr } from '../../sdk/src/browser/patch-xhr';
import type { ObservedRequest } from '../../sdk/src/browser/observed-request';
import { consoleErrorSighting } from '../../sdk/src/domain/markers/console-errors';
import { failedRequestSighting } from '../../sdk/src/domain/markers/failed-requests';
import { watchBlockedValidation } from '../../sdk/src/domain/markers/blocked-validation';
import { watchExceptions } from '../../sdk/src/domain/markers/exceptions';
import { watchFailedResources } from '../../sdk/src/domain/markers/failed-resources';
import { maskedSighting } from '../../sdk/src/domain/markers/masked-sighting';
import { reportedSighting } from '../../sdk/src/domain/markers/reported-errors';
import type { Sighting } from '../../sdk/src/domain/markers/marker';
import { createGuard } from '../../sdk/src/tools/guard';

const MAX_CAUSES = 3;
const guard = createGuard((error) => console.warn('recording', error));
const plainFetch = window.fetch;
const seen: (Sighting & { route: string; causes?: object[] })[] = [];
let thrown: unknown;

function causesOf(error: unknown): object[] {
  const causes: object[] = [];
  let each = (error as { cause?: unknown } | undefined)?.cause;
  while (each instanceof Error && causes.length < MAX_CAUSES) {
    causes.push({ type: each.name, message: each.message, stack: each.stack });
    each = each.cause;
  }
  return causes;
}

function tell(sighting: Sighting): void {
  const causes = sighting.error ? causesOf(thrown) : [];
  seen.push({
    ...maskedSighting(sighting),
    route: location.pathname,
    ...(causes.length && { causes }),
  });
}

window.addEventListener('error', (event) => (thrown = event.error), true);
window.addEventListener('unhandledrejection', (event) => (thrown = event.reason), true);
watchExceptions(window, guard, tell);
watchFailedResources(window, guard, () => false, [], tell);
watchBlockedValidation(window, guard, tell);
const requests = {
  onStart: () => undefined,
  onEnd: (request: ObservedRequest) => {
    const sighting = failedRequestSighting(request);
    if (sighting) tell(sighting);
  },
};
observeFetch(window, guard, requests);
observeXhr(window, guard, requests);
observeConsole(console, guard, (level, args) => {
  if (level !== 'error') return;
  const texts = args.map((arg) =>
    arg instanceof Error ? `${arg.name}: ${arg.message}` : typeof arg === 'string' ? arg : JSON.stringify(arg),
  );
  tell(consoleErrorSighting(args, texts));
});

Object.assign(window, {
  report: (error: unknown) => {
    thrown = error;
    tell(reportedSighting(error));
  },
  recording: { seen, plainFetch },
});
