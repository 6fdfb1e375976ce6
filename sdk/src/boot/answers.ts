import { observeFacesAjax } from '../browser/faces-ajax';
import type { ObservedRequest } from '../browser/observed-request';
import { answerText } from '../browser/response-text';
import { facesAnswer, facesError, facesErrorSighting } from '../domain/markers/faces-answers';
import { facesMessageSighting } from '../domain/markers/faces-messages';
import { graphqlSighting, mayBeGraphql } from '../domain/markers/graphql-errors';
import type { OnSighting, Sighting } from '../domain/markers/marker';
import {
  MAX_BODY_BYTES,
  networkDetail,
  type NetworkDetail,
} from '../domain/recording/network-detail';
import { matchesUrl } from '../domain/session/rules';
import type { Guard } from '../tools/guard';
import { normalClientId } from '../tools/selector';
import { undoAll, type Undo } from '../tools/undo';
import type { InstrumentListener } from './instruments';

/** The XHR of an ajax error ends right after its script has told of it. */
const SAME_ERROR_MS = 100;

export interface Answers {
  /** Must be called before the page reads the answer. */
  onEnd(request: ObservedRequest): NetworkDetail | Promise<NetworkDetail>;
  stop: Undo;
}

/** Looks into answers: for the addresses that the rules name, and for failures with status 200. */
export function watchAnswers(
  target: Window,
  guard: Guard,
  listener: InstrumentListener,
  tellsErrors: boolean,
): Answers {
  const { isPrivate, rules } = listener;
  const tell: OnSighting = (sighting) => {
    if (tellsErrors) listener.onSighting(sighting);
  };
  let facesTimer: number | undefined;

  function tellFaces(sighting: Sighting): void {
    target.clearTimeout(facesTimer);
    tell(sighting);
  }

  function onFaces(request: ObservedRequest): void {
    const answer = facesAnswer(request);
    if (!answer) return;
    const failed = facesErrorSighting(request, answer);
    if (failed) {
      tellFaces(failed);
      return;
    }
    // When the page has taken the update in, scripts that the answer brought included.
    target.setTimeout(
      guard(() => {
        const rejected = facesMessageSighting(answer, target.document, isPrivate);
        if (rejected) tell(rejected);
      }),
      0,
    );
  }

  const undo = tellsErrors
    ? observeFacesAjax(target, guard, ({ status, sourceId, errorName, errorMessage }) => {
        if (status === 'httpError') return;
        const source = normalClientId(sourceId);
        const sighting = facesError(source, errorName || status, errorMessage);
        target.clearTimeout(facesTimer);
        // What came by XHR is told from there, with its request; this is for all other ways.
        facesTimer = target.setTimeout(() => tell(sighting), SAME_ERROR_MS);
      })
    : () => undefined;

  async function read(request: ObservedRequest, inDetail: boolean): Promise<NetworkDetail> {
    const { live } = request;
    if (!live) return {};
    const reading = answerText(live, MAX_BODY_BYTES);
    const isGraphql = mayBeGraphql(request);
    const answer = await reading.catch(() => undefined);
    const failed = isGraphql && answer ? graphqlSighting(request, answer.text) : undefined;
    if (failed) tell(failed);
    return inDetail ? networkDetail(live, answer) : {};
  }

  return {
    onEnd(request) {
      if (tellsErrors) guard(onFaces)(request);
      const { href } = new URL(request.url, target.location.href);
      // Where not even the page's text is told, no body is.
      const inDetail =
        matchesUrl(rules().network.detailUrls, href) &&
        !isPrivate(target.document.body ?? target.document.documentElement);
      if (!request.live || (!inDetail && !(tellsErrors && mayBeGraphql(request)))) return {};
      return read(request, inDetail);
    },
    stop: undoAll([undo, () => target.clearTimeout(facesTimer)]),
  };
}
