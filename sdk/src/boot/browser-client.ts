import { observePageExit, type PageMoment } from '../browser/page-exit';
import { listen } from '../browser/listen';
import type { Chunk, FlushReason } from '../domain/chunks/chunk';
import { createChunkBuilder, type ChunkContent } from '../domain/chunks/chunk-builder';
import { noteLoad } from '../domain/markers/reload-loop';
import type { PrivacyLevel, PrivacyRules } from '../domain/recording/privacy-level';
import {
  DEFAULT_RULES,
  isExcludedPage,
  judgeRecording,
  parseRules,
  storedRules,
  storeRules,
  type RecordingRules,
} from '../domain/session/rules';
import { openSession } from '../domain/session/session';
import { hasOptedOut, rememberOptOut } from '../domain/session/visitor';
import { createEndpoint } from '../transport/endpoint';
import { fetchRules } from '../transport/fetch-rules';
import { createGuard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import type { RetrospecClient, StopOptions } from './client';
import { createClientSurface } from './client-surface';
import { createDelivery } from './delivery';
import type { Settings } from './options';
import { startRecording, type Recording } from './recording';
import { privacyRules, sessionFacts } from './session-facts';
import { openStorages } from './storages';

/** A new full snapshot after a loss, but not one per loss: an outage loses many chunks. */
const RESNAPSHOT_EVERY_MS = 60_000;

type State =
  | { kind: 'idle' }
  | { kind: 'recording'; recording: Recording; leave: Undo }
  | { kind: 'paused'; leave: Undo }
  /** The server does not want this session, or the project not this visit. */
  | { kind: 'refused'; why: string };

/** The client of a real browser: one state, one session, one upload queue. */
export function createBrowserClient(settings: Settings): RetrospecClient {
  const say = (...words: unknown[]) => {
    if (settings.debug) console.debug('[retrospec]', ...words);
  };
  const guard = createGuard((error) => say('kept away from the page:', error));
  const originalFetch: typeof fetch = window.fetch.bind(window);
  const { tab: tabStorage, browser: browserStorage } = openStorages();
  const endpoint = createEndpoint(settings.apiBaseUrl, settings.apiKey, settings.site);
  const session = openSession(tabStorage, settings.site, Date.now());
  const builder = createChunkBuilder(guard(onChunk));
  const delivery = createDelivery(endpoint, originalFetch, tabStorage, settings.site, session, {
    onDropped: guard(onDropped),
    onRules: guard(onRules),
    onRefused: guard(refuse),
  });
  const { uploader } = delivery;

  let state: State = { kind: 'idle' };
  const stored = storedRules(browserStorage, settings.site);
  let rules: RecordingRules = stored ?? DEFAULT_RULES;
  /** Settled when something may leave the page. */
  let rulesKnown: Promise<void> | undefined = stored && Promise.resolve();
  let ownLevel: PrivacyLevel | undefined;
  let lastResnapshotAt = 0;

  session.identify(settings.userId, settings.org);

  function privacy(): PrivacyRules {
    return privacyRules(settings, rules, ownLevel);
  }

  function onChunk(content: ChunkContent): void {
    const { id: sessionId, windowId } = session.state;
    const seq = session.takeSeq();
    uploader.enqueue({
      ...content,
      sessionId,
      seq,
      windowId,
      session: sessionFacts(settings, session, browserStorage),
      rulesVersion: rules.version,
    });
  }

  function onDropped(reason: Parameters<typeof builder.countDropped>[0], chunk: Chunk): void {
    builder.countDropped(reason, chunk.events.length);
    say(`dropped chunk ${chunk.seq}: ${reason}`);
    const now = Date.now();
    if (state.kind !== 'recording' || now - lastResnapshotAt < RESNAPSHOT_EVERY_MS) return;
    lastResnapshotAt = now;
    state.recording.takeFullSnapshot();
  }

  function refuse(why: string): void {
    say(`stopped: ${why}`);
    end();
    builder.discard();
    uploader.discard();
    state = { kind: 'refused', why };
  }

  function onRules(raw: unknown): void {
    adopt(parseRules(raw));
  }

  function adopt(next: RecordingRules): void {
    const before = JSON.stringify(privacy());
    rules = next;
    storeRules(browserStorage, settings.site, next);
    const verdict = judgeRecording(next, session.state.lot);
    if (verdict !== 'record') {
      refuse(verdict);
      return;
    }
    if (JSON.stringify(privacy()) === before) return;
    // What was gathered under other rules and is still here must not leave any more.
    builder.discard();
    if (state.kind === 'recording') state.recording.applyPrivacy(privacy());
  }

  function onMoment(moment: PageMoment): void {
    if (moment === 'visible') {
      delivery.clearOutbox();
      session.comeBack();
      uploader.wake();
      return;
    }
    builder.cut(moment);
    uploader.leavePage();
    if (moment === 'pagehide') session.leave();
    else session.save();
  }

  function record(): Recording {
    return startRecording(
      {
        settings,
        guard,
        session,
        builder,
        isOwnRequest: (url) => endpoint.isOwn(url),
        isExcluded: (href) => isExcludedPage(rules.excludedPages, href),
        rules: () => rules,
        onExpired: rotate,
      },
      privacy(),
    );
  }

  function rotate(): void {
    if (state.kind !== 'recording') return;
    state.recording.stop();
    builder.cut('rotate');
    session.rotate(Date.now());
    state = { ...state, recording: record() };
  }

  function start(): void {
    if (state.kind === 'recording' || hasOptedOut(browserStorage)) return;
    if (state.kind === 'paused') {
      resume();
      return;
    }
    // Not before: a page that waits for consent must find nothing stored and nothing sent.
    session.claim();
    delivery.sendLeftovers();
    const verdict = judgeRecording(rules, session.state.lot);
    // A stored "no" holds until the server, asked below, says otherwise.
    if (session.isOver(Date.now())) session.rotate(Date.now());
    // Without any rules nothing may leave yet; with known ones the answer can wait.
    if (!rulesKnown) builder.hold();
    const leave = undoAll([
      observePageExit(window, guard, onMoment),
      listen(window, 'online', () => uploader.wake()),
    ]);
    if (verdict === 'record') {
      state = { kind: 'recording', recording: record(), leave };
      const loop = noteLoad(tabStorage, location.href, Date.now());
      if (loop && settings.capture.frustration) state.recording.addSighting(loop);
    } else {
      state = { kind: 'paused', leave };
    }
    const asked = askRules(verdict !== 'record');
    rulesKnown ??= asked;
  }

  async function askRules(startIfAllowed: boolean): Promise<void> {
    const answer = await fetchRules(endpoint, originalFetch);
    guard(() => {
      if (answer.kind === 'unauthorized') refuse('unauthorized');
      else if (answer.kind === 'rules') adopt(answer.rules);
      if (startIfAllowed && state.kind === 'paused') {
        if (answer.kind === 'rules') resume();
        else refuse('disabled');
      }
      builder.release();
    })();
  }

  function resume(): void {
    if (state.kind !== 'paused') return;
    state = { kind: 'recording', recording: record(), leave: state.leave };
  }

  /** Takes everything off the page. */
  function end(): void {
    if (state.kind === 'recording') state.recording.stop();
    if (state.kind === 'recording' || state.kind === 'paused') state.leave();
    state = { kind: 'idle' };
  }

  async function flush(reason: FlushReason = 'manual'): Promise<void> {
    await rulesKnown;
    builder.cut(reason);
    uploader.wake();
    return uploader.drained();
  }

  async function stop(options: StopOptions = {}): Promise<string> {
    const { id } = session.state;
    end();
    if (options.discard) {
      builder.discard();
      uploader.discard();
      delivery.clearOutbox();
      return id;
    }
    await flush('stop');
    return id;
  }

  function custom(name: string, payload?: unknown): void {
    if (state.kind !== 'recording') return;
    state.recording.addCustom('rs.custom', { name, ...(payload !== undefined && { payload }) });
  }

  function pause(): void {
    if (state.kind !== 'recording') return;
    custom('retrospec.paused');
    state.recording.stop();
    state = { kind: 'paused', leave: state.leave };
  }

  function setPrivacyLevel(level: PrivacyLevel): void {
    ownLevel = level;
    if (state.kind === 'recording') state.recording.applyPrivacy(privacy());
  }

  function setOptOut(optedOut: boolean): void {
    rememberOptOut(browserStorage, optedOut);
    if (optedOut) void stop({ discard: true });
    else start();
  }

  return createClientSurface(guard, session, settings.dashboardUrl, {
    start,
    stop,
    pause,
    resume,
    flush,
    custom,
    setPrivacyLevel,
    setOptOut,
    isRecording: () => state.kind === 'recording',
  });
}
