import { Replayer } from '@rrweb/replay';
import { EventType, type eventWithTime, ReplayerEvents } from '@rrweb/types';
import { neverWait } from './resolvable';
import { SCRIPTLESS_RULES } from './scriptless';
import { fitForReplay, fromFirstSnapshot } from './snapshots';

export interface SegmentOptions {
  /** Epoch milliseconds of session time 0. */
  readonly startedAt: number;
  /** Session milliseconds at which the replay ends; the clock of rrweb runs until then. */
  readonly endsAt: number;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly root: HTMLElement;
  readonly mouseTail: boolean;
  /** Shown moment by moment: changes are drawn as they come instead of being gathered for a leap. */
  readonly stepwise?: boolean;
  readonly onSize: (width: number, height: number) => void;
  readonly onRebuilt: (frame: HTMLIFrameElement) => void;
  /** Some change could not be drawn as it was. */
  readonly onLoss: () => void;
}

/**
 * One rrweb replayer: an unbroken run of chunks that begins with a full snapshot and grows at its
 * end. Times are session milliseconds.
 */
export class Segment {
  readonly frame: HTMLIFrameElement;
  private readonly replayer: Replayer;
  private readonly firstAt: number;
  private lastAt: number;
  private running = false;

  /** The first chunk is `events`; its earliest full snapshot starts the picture. */
  static async create(events: readonly eventWithTime[], options: SegmentOptions): Promise<Segment> {
    const segment = new Segment(events, options);
    // rrweb sizes its frame and paints the first snapshot in timers of 0 and 1 ms; a seek before
    // them would be overwritten.
    await new Promise((resolve) => setTimeout(resolve, 4));
    return segment;
  }

  private constructor(
    events: readonly eventWithTime[],
    private readonly options: SegmentOptions,
  ) {
    const run = fromFirstSnapshot(events, options.viewport);
    const first = run[0];
    if (!first) throw new Error('A segment needs a full snapshot.');
    this.firstAt = first.timestamp;
    this.lastAt = run.at(-1)?.timestamp ?? first.timestamp;
    this.replayer = new Replayer([...run, endOf(options)], {
      root: options.root,
      skipInactive: false,
      showWarning: false,
      // Else a recorded focus would take the keyboard away from whoever is watching.
      triggerFocus: false,
      UNSAFE_replayCanvas: false,
      useVirtualDom: !options.stepwise,
      insertStyleRules: [...SCRIPTLESS_RULES],
      mouseTail: options.mouseTail
        ? { duration: 400, lineCap: 'round', lineWidth: 2, strokeStyle: '#5b6ee1' }
        : false,
    });
    neverWait(this.replayer, options.onLoss);
    this.frame = this.replayer.iframe;
    if (this.frame.getAttribute('sandbox') !== 'allow-same-origin') {
      this.replayer.destroy();
      throw new Error('The replay frame is not sandboxed; nothing is shown.');
    }
    this.frame.tabIndex = -1;
    this.frame.title = 'The recorded page';
    this.replayer.on(ReplayerEvents.Resize, (size) => {
      const { width, height } = size as { width: number; height: number };
      options.onSize(width, height);
    });
    this.replayer.on(ReplayerEvents.FullsnapshotRebuilded, () => options.onRebuilt(this.frame));
  }

  /** Session time of the first picture. */
  get from(): number {
    return this.firstAt - this.options.startedAt;
  }

  get now(): number {
    return this.from + this.replayer.getCurrentTime();
  }

  append(events: readonly eventWithTime[]): void {
    for (const event of fitForReplay(events, this.options.viewport, this.lastAt)) {
      this.lastAt = Math.max(this.lastAt, event.timestamp);
      this.replayer.addEvent(event);
    }
  }

  /** Shows the page as it was at this time and stands still. */
  show(ms: number): void {
    this.running = false;
    this.replayer.pause(this.offset(ms));
  }

  play(ms: number, speed: number): void {
    this.running = true;
    this.replayer.setConfig({ speed });
    this.replayer.play(this.offset(ms));
  }

  setSpeed(speed: number): void {
    this.replayer.setConfig({ speed });
  }

  stop(): void {
    if (!this.running) return;
    this.running = false;
    this.replayer.pause();
  }

  destroy(): void {
    this.replayer.destroy();
  }

  private offset(ms: number): number {
    // rrweb applies what lies strictly before the offset; one millisecond more includes the very
    // moment that was asked for.
    return Math.max(0, ms - this.from) + 1;
  }
}

/** Keeps the clock of rrweb running up to the end, also where nothing happened any more. */
function endOf(options: SegmentOptions): eventWithTime {
  return {
    type: EventType.Custom,
    data: { tag: 'retrospec.end', payload: {} },
    timestamp: options.startedAt + options.endsAt + 1,
  };
}
