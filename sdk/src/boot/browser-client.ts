import type { PageMoment } from '../browser/page-exit';
import type { FlushReason } from '../domain/chunks/chunk';
import { createChunkBuilder, type ChunkContent } from '../domain/chunks/chunk-builder';
import { noteLoad } from '../domain/markers/reload-loop';
import type { PrivacyLevel } from '../domain/recording/privacy-level';
import { parseRules, type RecordingRules } from '../domain/session/rules';
import { OPT_OUT_KEY } from '../domain/session/visitor';
import type { Undo } from '../tools/undo';
import type { RetrospecClient, StopOptions } from './client';
import type { ClientState } from './client-state';
import { createClientSurface } from './client-surface';
import { createDelivery } from './delivery';
import { layFoundation } from './foundation';
import { createGate } from './gate';
import { createLazyRecording, type LoadRecorder } from './lazy-recording';
import type { Settings } from './options';
import { watchPage } from './page-watch';
import { joinPageAround } from './relay';
import { createStamp, privacyRules } from './session-facts';
import { createTimeline } from './timeline';

/** The client of a real browser: one state, one session, one upload queue. */
export function createBrowserClient(settings: Settings, load: LoadRecorder): RetrospecClient {
  const { say, guard, consent, originalFetch, storages, endpoint, rules, session } =
    layFoundation(settings);
  const stamp = createStamp(settings, session, storages.browser, rules);
  const builder = createChunkBuilder({
    onChunk: guard(onChunk),
    began: (atMs) => session.began(atMs),
    onPictureWanted: () => recording.takePictureSoon(),
  });
  const gate = createGate(builder, session, rules, () => recording.takePictureSoon());
  const delivery = createDelivery(endpoint, originalFetch, session, () => recording, {
    onDropped: guard((reason, chunk, events) => {
      // What is missing of another session is none of this one's losses.
      if (chunk.sessionId !== session.state.id) return;
      builder.countDropped(reason, events);
      recording.mend();
    }),
    onRules: guard((raw: unknown) => adopt(parseRules(raw))),
    onRefused: guard(refuse),
  });
  const { uploader } = delivery;
  const isOpen = () => state.kind === 'recording' && !rules.isExcluded(location.href);
  const catchUp = () => recording.current?.catchUp();
  const privacy = () => privacyRules(settings, rules.current, ownLevel);
  const relay = joinPageAround(settings.frames, guard, () => rules.known && isOpen(), catchUp);
  const timeline =
    relay?.timeline ??
    createTimeline({ guard, session, builder, isOpen, onSeen: gate.note, catchUp });
  const recording = createLazyRecording({
    load,
    site: settings.site,
    // Under which rules it may leave must be known first.
    onOutbox: () => void asking.then(() => ('leave' in state ? uploader.sendKept() : undefined)),
    capture: settings.capture,
    privacy,
    guard,
    timeline,
    builder: relay?.counts ?? builder,
    frames: settings.frames,
    around: relay?.around,
    isExcluded: (href) => rules.isExcluded(href),
    knowsRules: () => rules.known,
    endpoint,
    originalFetch: delivery.fetch,
    sessionId: () => session.state.id,
    rules: () => rules.current,
    onMissing(error) {
      say('the recorder cannot be had; errors are told without a replay:', error);
      custom('retrospec.recorder_missing');
    },
  });

  /** Who joins another recording is chosen with it. */
  const judge = () => consent.judge(relay ? 0 : session.state.lot);

  let state: ClientState = { kind: 'idle' };
  let ownLevel: PrivacyLevel | undefined;
  let asking = Promise.resolve();

  session.identify(settings.userId, settings.org);

  function onChunk(content: ChunkContent): void {
    // Said somewhere else a moment ago, perhaps; this document hears of it in a moment.
    if (!consent.isDenied()) uploader.enqueue(stamp.chunk(content));
  }

  function refuse(why: string, isWithdrawn = false): void {
    say(`stopped: ${why}`);
    end();
    builder.discard();
    delivery.withdraw(isWithdrawn ? undefined : session.state.id);
    state = { kind: 'refused', why };
  }

  function adopt(next: RecordingRules, beginIfAllowed = false): void {
    const before = whatMayLeave();
    rules.adopt(next);
    const verdict = judge();
    if (verdict !== 'record') {
      refuse(verdict);
      return;
    }
    // What was recorded under other rules and is still here, on disk too, must not leave any more;
    // so it goes before anything is let out.
    const isOther = whatMayLeave() !== before;
    if (isOther) {
      builder.discard(rules.isExcluded(location.href) ? undefined : 'other_rules');
      uploader.outdate(next.version);
    }
    updateGate();
    if (beginIfAllowed && state.kind === 'refused') begin();
    if (isOther) recording.current?.applyRules();
  }

  /** When all has ended nothing is let out any more, and no timer is set. */
  function updateGate(): void {
    if ('leave' in state || state.kind === 'stopping') gate.update();
  }

  const whatMayLeave = () => JSON.stringify([privacy(), rules.current.excludedPages]);

  function onMoment(moment: PageMoment): void {
    if (moment === 'visible') {
      gate.comeBack();
      onOtherTabs();
      recording.current?.refreshPicture();
      uploader.wake();
      return;
    }
    recording.current?.settle();
    builder.cut(moment);
    uploader.leavePage();
    if (moment === 'pagehide') gate.leave();
  }

  /** Another tab has written, or may have while this one was frozen. */
  function onOtherTabs(): void {
    const news = session.sync();
    if (consent.isDenied()) {
      session.withdraw();
      refuse('declined', true);
    } else if (news === 'withdrawn') refuse(news, true);
    else if (news === 'replaced') rotate();
    else gate.update();
  }

  function onLife(nowMs: number): void {
    if (relay) return relay.onLife(nowMs);
    if (session.isOver(nowMs)) rotate();
    else session.touch(nowMs);
    if (state.kind !== 'dormant') return;
    gate.update();
    record(state.leave);
  }

  function onQuiet(): void {
    if (state.kind !== 'recording' || relay) return;
    recording.stop();
    builder.cut('idle');
    gate.stop();
    state = { kind: 'dormant', leave: state.leave };
  }

  /** From here on all belongs to another session: a new one, or the one that other tabs are in. */
  function rotate(): void {
    const wasRecording = state.kind === 'recording';
    if (wasRecording) recording.stop();
    builder.cut('rotate');
    builder.discard();
    session.rotate(Date.now());
    gate.update();
    const verdict = judge();
    if (verdict !== 'record') refuse(verdict);
    else if (wasRecording && state.kind === 'recording') record(state.leave);
  }

  function record(leave: Undo): void {
    state = { kind: 'recording', leave };
    recording.start();
  }

  function start(): void {
    if (state.kind === 'recording' || consent.isDenied()) return;
    if (state.kind === 'paused' || state.kind === 'dormant') {
      record(state.leave);
      return;
    }
    const verdict = judge();
    if (verdict === 'record') begin();
    else state = { kind: 'refused', why: verdict };
    // A stored "no" holds until the server says otherwise.
    asking = askRules(verdict !== 'record');
  }

  function begin(): void {
    // Not before: a page that waits for consent must find nothing stored and nothing sent.
    if (!relay) session.claim(Date.now());
    // Without any rules nothing may leave yet; with known ones the answer can wait.
    gate.begin();
    stamp.look();
    const watch = { onMoment, onOtherTabs, onLife, onQuiet, onOnline: () => uploader.wake() };
    record(watchPage(guard, [session.key, OPT_OUT_KEY], settings.frames, watch));
    const loop = noteLoad(storages.tab, location.href, Date.now());
    if (loop && settings.capture.frustration) timeline.addSighting(loop);
  }

  async function askRules(beginIfAllowed: boolean): Promise<void> {
    const answer = await rules.ask();
    guard(() => {
      if (answer.kind === 'unauthorized') refuse('unauthorized');
      else if (answer.kind === 'rules') adopt(answer.rules, beginIfAllowed);
      updateGate();
    })();
  }

  /** Takes everything off the page. */
  function end(): void {
    gate.stop();
    recording.stop();
    if ('leave' in state) state.leave();
    state = { kind: 'idle' };
  }

  async function flush(reason: FlushReason = 'manual'): Promise<void> {
    await Promise.all([rules.settled(), recording.ready()]);
    recording.current?.settle();
    builder.cut(reason);
    uploader.wake();
    return uploader.drained();
  }

  async function stop(options: StopOptions = {}): Promise<string> {
    const { id } = session.state;
    end();
    if (options.discard) {
      builder.discard();
      delivery.withdraw();
      // The other tabs hear of it and do the same.
      session.withdraw();
      return id;
    }
    state = { kind: 'stopping' };
    await flush('stop');
    finishStop();
    return id;
  }

  /** What still waits for a reason to be sent will not get one any more. */
  function finishStop(): void {
    if (state.kind !== 'stopping') return;
    builder.discard();
    gate.stop();
    state = { kind: 'idle' };
  }

  function custom(name: string, payload?: unknown): void {
    timeline.addCustom('rs.custom', { name, ...(payload !== undefined && { payload }) });
  }

  function pause(): void {
    if (state.kind !== 'recording') return;
    custom('retrospec.paused');
    recording.stop();
    state = { kind: 'paused', leave: state.leave };
  }

  return createClientSurface(guard, session, settings.dashboardUrl, {
    start,
    stop,
    pause,
    resume: () => state.kind === 'paused' && record(state.leave),
    flush,
    custom,
    report: recording.report,
    span: (payload) => timeline.addCustom('rs.span', payload),
    setPrivacyLevel(level) {
      ownLevel = level;
      recording.current?.applyRules();
    },
    retakeFullSnapshot: () => recording.current?.retakeFullSnapshot(),
    setOptOut(optedOut) {
      consent.remember(optedOut);
      if (optedOut) void stop({ discard: true });
      else start();
    },
    onIdentity: (properties) => 'leave' in state && gate.note({ type: 'user', properties }),
    isRecording: () => state.kind === 'recording',
  });
}
