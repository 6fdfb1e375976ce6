import { SessionApi, type Read, type ReadFailure } from './api';
import { ControlBar } from './controls/controlBar';
import { copyText } from './controls/shareLink';
import { ShortcutSheet } from './controls/shortcutSheet';
import { clock } from './format';
import { Keyboard } from './keyboard';
import { type RecordedSession, toSession } from './model/session';
import { type TimelineEvent, toTimelineEvents } from './model/timelineEvents';
import type { Places, PlayerOptions } from './options';
import { LISTED_KINDS, panelPlaceholder, Panels } from './panels/panels';
import { ParentPage } from './parent';
import { ChunkLoader } from './replay/chunkLoader';
import { neighbour, spanAt } from './replay/coverage';
import { Payloads } from './replay/payloads';
import { Playback } from './replay/playback';
import { sessionFailure, type Note } from './replay/sentences';
import { Stage } from './replay/stage';
import { Timeline } from './timeline/timeline';
import { Announcer } from './ui/announcer';
import { el } from './ui/dom';
import { type Preferences, readPreferences, writePreferences } from './ui/preferences';
import { TopBar } from './ui/topBar';

/** What is filled when the list of events has come. */
interface Lists {
  readonly timeline: Timeline;
  /** Where the panels will be. */
  readonly placeholder: HTMLElement | null;
  readonly payloads: Payloads;
}

/** Puts the parts together and carries their wishes from one to the other. */
export class PlayerApp {
  playback: Playback | null = null;
  events: readonly TimelineEvent[] = [];
  private options: PlayerOptions;
  private preferences: Preferences = readPreferences();
  private panels: Panels | null = null;
  private selectedTab = 'errors';
  private readonly announcer = new Announcer();
  private readonly parent = new ParentPage();
  private readonly sheet = new ShortcutSheet(
    () => this.preferences.keyboard,
    (keyboard) => this.prefer({ keyboard }),
  );
  private readonly keyboard = new Keyboard({
    playback: () => this.playback,
    jumpToError: (direction) => this.jumpToError(direction),
    setSpeed: (speed) => this.setSpeed(speed),
    toggleFullScreen: () => void this.toggleFullScreen(),
    setSkipIdle: (skip) => this.setSkipIdle(skip),
    copyLink: () => void this.copyLink(),
    showTab: (tab) => this.panels?.show(tab),
    takeNote: () => this.panels?.takeNote(),
    openSheet: () => this.sheet.open(),
    enabled: () => this.preferences.keyboard,
  });

  constructor(
    private readonly root: HTMLElement,
    options: PlayerOptions,
    private readonly places: Places = {},
  ) {
    this.options = options;
    this.parent.listen((ms) => void this.playback?.seek(ms));
  }

  /** Loads the session of the options and stands still at the moment they ask for. */
  async open(options: PlayerOptions = this.options): Promise<void> {
    this.options = options;
    this.playback?.close();
    this.playback = null;
    const stage = this.newStage();
    this.layOut([], stage.element, [], null);
    this.panels = null;
    stage.wait(true);
    const api = new SessionApi(options.sessionId, options.projectId, this.places.request);
    const timeline = api.timeline(LISTED_KINDS);
    const manifest = await api.manifest();
    if (options !== this.options) return;
    if (!manifest.ok) {
      this.refuse(stage, manifest.failure);
      return;
    }
    const session = toSession(manifest.value);
    const loader = new ChunkLoader(api, this.places.assets ?? session.assets);
    const playback = this.newPlayback(session, loader, stage, options);
    const shown = playback.seek(playback.ms); // asks for the picture before the controls are made
    const lists = this.build(playback, stage, new Payloads(session, loader));
    await shown;
    await this.list(playback, lists, api, timeline);
    this.parent.ready(session.durationMs);
  }

  setSpeed(speed: number): void {
    this.playback?.setSpeed(speed);
    this.prefer({ speed });
    this.announcer.say(`Speed ${speed} times`);
  }

  private newStage(): Stage {
    return new Stage(
      (action) => this.onStageAction(action),
      () => this.playback?.toggle(),
      (frame) => this.keyboard.attach(frame),
      () => this.playback?.dismissPassingNote(),
    );
  }

  private newPlayback(
    session: RecordedSession,
    loader: ChunkLoader,
    stage: Stage,
    options: PlayerOptions,
  ): Playback {
    const marker = session.markers.find((candidate) => candidate.id === options.markerId);
    const startAt = marker?.ms ?? options.startAt;
    const playback = new Playback(
      session,
      loader,
      stage,
      {
        speed: this.preferences.speed,
        skipIdle: this.preferences.skipIdle,
        announce: (text) => this.announcer.say(text),
      },
      startAt,
    );
    playback.ms = Math.min(session.durationMs, startAt ?? 0);
    playback.onChange(() => {
      stage.wait(playback.status === 'loading' || playback.status === 'buffering');
      stage.show(playback.note);
      stage.element.dataset['status'] = playback.status;
    });
    this.parent.startsAt(playback.ms);
    playback.onTime((ms) => this.parent.time(ms));
    this.playback = playback;
    return playback;
  }

  private build(playback: Playback, stage: Stage, payloads: Payloads): Lists {
    const { mini } = this.options;
    const timeline = new Timeline(playback, mini);
    const controls = new ControlBar(
      playback,
      {
        jumpToError: (direction) => this.jumpToError(direction),
        setSpeed: (speed) => this.setSpeed(speed),
        setSkipIdle: (skipIdle) => this.setSkipIdle(skipIdle),
        copyLink: () => void this.copyLink(),
        toggleFullScreen: () => void this.toggleFullScreen(),
        openSheet: () => this.sheet.open(),
      },
      mini,
      playback.session.markers.length > 0,
    );
    const above = mini ? [] : new TopBar(playback).elements;
    const placeholder = mini ? null : panelPlaceholder();
    this.layOut(above, stage.element, [timeline.element, controls.element], placeholder);
    return { timeline, placeholder, payloads };
  }

  /** Lists what happened, once the picture stands: that is what was waited for. */
  private async list(
    playback: Playback,
    { timeline, placeholder, payloads }: Lists,
    api: SessionApi,
    answer: ReturnType<SessionApi['timeline']>,
  ): Promise<void> {
    const read = await answer;
    if (this.playback !== playback) return;
    const events: Read<readonly TimelineEvent[]> = read.ok
      ? { ok: true, value: toTimelineEvents(read.value, playback.session.startedAt) }
      : read;
    this.events = events.ok ? events.value : [];
    timeline.addEvents(this.events);
    if (!placeholder) return;
    this.panels = new Panels(playback, payloads, events, this.selectedTab, {
      reload: () => void this.reload(),
      onSelect: (tab) => (this.selectedTab = tab),
      copyLink: (ms) => void this.copyLink(ms),
      say: (text) => this.tell(text, true),
      add: (ms, text) => api.addNote(ms, text),
      remove: (id) => api.removeNote(id),
    });
    placeholder.replaceWith(this.panels.element);
  }

  private layOut(
    above: readonly HTMLElement[],
    stage: HTMLElement,
    beneath: readonly HTMLElement[],
    panels: HTMLElement | null,
  ): void {
    const theatre = el('div', { class: 'theatre' }, ...above, stage, ...beneath);
    this.root.className = this.options.mini ? 'player mini' : 'player';
    this.root.replaceChildren(theatre, ...(panels ? [panels] : []));
    this.root.append(this.announcer.element, this.sheet.element);
  }

  private refuse(stage: Stage, failure: ReadFailure): void {
    const note: Note = sessionFailure(failure);
    stage.wait(false);
    stage.show(note);
    this.parent.failed(note.title);
  }

  private onStageAction(action: NonNullable<Note['action']>): void {
    const playback = this.playback;
    if (action === 'reload' || !playback) return void this.reload();
    if (action === 'retry') return void playback.retry();
    const gap = spanAt(playback.gaps, playback.ms);
    if (gap) void playback.seek(gap.to);
  }

  private reload(): Promise<void> {
    const startAt = this.playback?.ms ?? this.options.startAt;
    const markerId = this.playback ? null : this.options.markerId;
    return this.open({ ...this.options, startAt, markerId });
  }

  private jumpToError(direction: 'next' | 'previous'): void {
    const playback = this.playback;
    if (!playback) return;
    const { markers } = playback.session;
    const target = neighbour(
      markers.map((marker) => marker.ms),
      playback.ms,
      direction,
    );
    const marker = markers.find((candidate) => candidate.ms === target);
    if (target === null || !marker) return this.announcer.say(`No ${direction} error`);
    this.announcer.say(`${clock(target)} ${marker.label}`);
    void playback.seek(target);
  }

  private setSkipIdle(skipIdle: boolean): void {
    this.playback?.setSkipIdle(skipIdle);
    this.prefer({ skipIdle });
    this.announcer.say(skipIdle ? 'Idle time is skipped' : 'Idle time is played');
  }

  private async copyLink(ms = this.playback?.ms ?? 0): Promise<void> {
    const link = this.parent.link(ms);
    const copied = await copyText(link);
    this.tell(copied ? `Link at ${clock(ms)} copied` : `Copy this link: ${link}`, copied);
  }

  private tell(text: string, passing: boolean): void {
    this.announcer.say(text);
    this.playback?.remark(text, passing);
  }

  private async toggleFullScreen(): Promise<void> {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen();
    } catch {
      this.announcer.say('Full screen is not allowed here'); // because the embedding page decides
    }
  }

  private prefer(choice: Partial<Preferences>): void {
    this.preferences = { ...this.preferences, ...choice };
    writePreferences(this.preferences);
  }
}
