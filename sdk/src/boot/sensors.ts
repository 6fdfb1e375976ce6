import { observeLongTasks } from '../browser/long-tasks';
import { observeVitals } from '../browser/web-vitals';
import { createAppCrash } from '../domain/markers/app-crash';
import { watchBlockedValidation } from '../domain/markers/blocked-validation';
import { watchClicks } from '../domain/markers/clicks';
import { watchDeadClicks } from '../domain/markers/dead-clicks';
import { createErrorClicks } from '../domain/markers/error-clicks';
import { watchFailedResources } from '../domain/markers/failed-resources';
import { createRageClicks } from '../domain/markers/rage-clicks';
import { createSlowRequests } from '../domain/markers/slow-requests';
import { undoAll, type Undo } from '../tools/undo';
import { watchAnswers } from './answers';
import type { Sensors, SensorsFactory } from './instruments';

/** So long after a failure a click in anger is about that one. */
const ANGER_MS = 10_000;

/** What watches the page beside the core: it may come late, so it comes with the recorder. */
export const startSensors: SensorsFactory = (capture, guard, listener): Sensors => {
  const { isPrivate, onCustom, onSighting, rules } = listener;
  const undos: Undo[] = [];
  const slow = createSlowRequests(() => rules().slowRequestMs, onSighting);
  const crash = createAppCrash(window, onSighting);
  const answers = watchAnswers(window, guard, listener, capture.errors);
  undos.push(slow.stop, crash.stop, answers.stop);

  const dead = capture.frustration ? watchDeadClicks(window, guard, onSighting) : undefined;
  const rage = createRageClicks(window, () => rules().rage, onSighting);
  /** What fails when it is clicked is told as that failure, and not as dead or maddening, too. */
  const failedAtMs = new WeakMap<Element, number>();
  const errorClicks = createErrorClicks(
    () => performance.now(),
    (click) => {
      failedAtMs.set(click.element, click.atMs);
      dead?.forgive(click);
    },
  );
  undos.push(
    watchClicks(window, guard, isPrivate, (click) => {
      const { selector, label } = click;
      onCustom('rs.click', { selector, ...(label && { label }) });
      crash.lookAt();
      if (!dead) return;
      const failed = failedAtMs.get(click.element) ?? -Infinity;
      if (click.atMs - failed > ANGER_MS) rage(click);
      dead.onClick(click);
      errorClicks.onClick(click);
    }),
  );
  if (dead) undos.push(dead.stop, watchBlockedValidation(window, guard, onSighting));
  if (capture.errors)
    undos.push(watchFailedResources(window, guard, isPrivate, listener.early, onSighting));

  if (capture.performance) {
    undos.push(
      observeVitals(window, guard, (vital) => onCustom('rs.vital', { ...vital })),
      observeLongTasks(window, guard, (durationMs) => onCustom('rs.longtask', { durationMs })),
    );
  }

  return {
    onRequestStart(request) {
      slow.onStart(request);
    },
    onRequestEnd(request) {
      if (capture.errors) slow.onEnd(request);
      errorClicks.onRequest(request);
      return answers.onEnd(request);
    },
    explain: (sighting, request) => (dead ? errorClicks.explain(sighting, request) : sighting),
    onFailure(sighting) {
      if (capture.errors) crash.onFailure(sighting);
    },
    onNavigation: () => crash.onNavigation(),
    stop: undoAll(undos),
  };
};
