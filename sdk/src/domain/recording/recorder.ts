import { record } from '@rrweb/record';
import type { Guard } from '../../tools/guard';
import type { Undo } from '../../tools/undo';
import type { RecordedEvent } from './events';
import { createFieldPrivacy, type MaskCounts } from './field-privacy';
import {
  blockedSelector,
  ignoredSelector,
  maskedTextSelector,
  type PrivacyRules,
} from './privacy-level';
import { createScrub } from './scrub';

/** A replay can start at any full snapshot; five minutes bound what a seek has to play first. */
const FULL_SNAPSHOT_EVERY_MS = 5 * 60_000;

export interface RecorderListener {
  /** A scrubbed event. `isCheckout` marks the start of a self-contained part. */
  onEvent(event: RecordedEvent, isCheckout: boolean): void;
  onMasked(counts: MaskCounts): void;
}

export interface Recorder {
  takeFullSnapshot(): void;
  stop: Undo;
}

/** Starts rrweb with our privacy rules; every event passes the scrub before anybody sees it. */
export function startRecorder(
  rules: PrivacyRules,
  guard: Guard,
  listener: RecorderListener,
): Recorder {
  const fields = createFieldPrivacy(rules, document);
  const { scrubEvent } = createScrub(rules, fields, { nodeOf: (id) => record.mirror.getNode(id) });
  let active = true;

  const stopRrweb = record({
    emit: guard((event, isCheckout) => {
      if (!active) return;
      const scrubbed = scrubEvent(event as RecordedEvent);
      listener.onMasked(fields.takeCounts());
      listener.onEvent(scrubbed, isCheckout === true);
    }),
    checkoutEveryNms: FULL_SNAPSHOT_EVERY_MS,
    recordAfter: 'DOMContentLoaded',
    // By tag name: only that reaches hidden inputs; the function decides field by field.
    maskInputOptions: {
      input: true,
      textarea: true,
      select: rules.level !== 'minimal',
    } as Record<string, boolean>,
    maskInputFn: (text, element) => fields.mask(text, element),
    maskTextSelector: maskedTextSelector(rules),
    maskTextFn: (text, element) => fields.maskText(text, element),
    blockClass: 'rs-block',
    blockSelector: blockedSelector(rules),
    ignoreClass: 'rs-ignore',
    ignoreSelector: ignoredSelector(rules),
    slimDOMOptions: 'all',
    inlineStylesheet: true,
    collectFonts: false,
    recordCanvas: false,
    sampling: { mousemove: 50, scroll: 150, media: 800 },
    // rrweb's failures stay ours; a DOMException comes from a call of the page (insertRule of a rule
    // that is none), and the page must see it as it would without us.
    errorHandler: (error) => !(error instanceof DOMException),
  });

  return {
    takeFullSnapshot: guard(() => {
      if (active) record.takeFullSnapshot(true);
    }),
    stop() {
      active = false;
      fields.stop();
      stopRrweb?.();
    },
  };
}
