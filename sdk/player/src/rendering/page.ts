import type { eventWithTime } from '@rrweb/types';
import { useAssets } from '../replay/assets';
import { disarm } from '../replay/disarm';
import { Segment } from '../replay/segment';
import { isSeen, presses, type Press, stepwise } from './events';
import { Motion } from './motion';

/** What the program of the renderer hands over; see `sdk/render/command.ts`. */
interface Recording {
  readonly startedAt: number;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly assets: readonly { readonly url: string; readonly sha256: string }[];
}

/** How long the ring of a press is seen, in milliseconds of the session. */
const RING_MS = 450;

/** A picture or a font that has not come by then is not waited for any more. */
const SETTLE_MS = 2_000;

/**
 * One recording, shown at the moments that it is told: nothing here runs by a clock. The picture is
 * the recorded page alone, scaled to fit, with the visitor's pointer and presses.
 */
class Picture {
  private readonly stage = document.createElement('main');
  private readonly ring = document.createElement('i');
  private readonly motion = new Motion();
  private segment: Segment | null = null;
  private seen: readonly number[] = [];
  private presses: readonly Press[] = [];
  private shown = Number.NEGATIVE_INFINITY;
  private moving = true;
  private rebuilt = true;
  private lost = 0;
  refused = 0;

  constructor(
    private readonly recording: Recording,
    private readonly to: number,
  ) {
    this.ring.className = 'ring';
    document.body.replaceChildren(this.stage);
    this.count(document);
  }

  /** @returns session milliseconds of the first picture */
  async open(events: eventWithTime[]): Promise<number> {
    const kept = new Map(
      this.recording.assets.map(({ url, sha256 }) => [url, `/assets/${sha256}`]),
    );
    const steps = stepwise(useAssets(disarm(events), kept));
    this.seen = steps.filter(isSeen).map((event) => event.timestamp - this.recording.startedAt);
    this.presses = presses(steps);
    this.segment = await Segment.create(steps, {
      startedAt: this.recording.startedAt,
      endsAt: this.to,
      viewport: this.recording.viewport,
      root: this.stage,
      mouseTail: false,
      stepwise: true,
      onSize: (width, height) => this.fit(width, height),
      onRebuilt: (frame) => {
        this.rebuilt = true;
        if (frame.contentDocument) this.count(frame.contentDocument);
      },
      onLoss: () => this.lost++,
    });
    this.stage.append(this.ring);
    const { width, height } = this.recording.viewport;
    if (!this.stage.style.width) this.fit(width, height);
    return this.segment.from;
  }

  /** @returns whether the picture may differ from the one before */
  async show(ms: number): Promise<boolean> {
    const segment = this.segment;
    if (!segment) throw new Error('nothing is open');
    const isNew = this.moving || this.rings(this.shown) || this.happens(this.shown, ms);
    if (!isNew && !this.rings(ms)) {
      this.shown = ms;
      return false;
    }
    segment.show(ms);
    this.shown = ms;
    this.moving = this.motion.moveTo(ms, segment.frame);
    this.drawRing(ms);
    await this.settled(segment.frame);
    return true;
  }

  private happens(after: number, until: number): boolean {
    return this.seen.some((at) => at > after && at <= until);
  }

  private rings(ms: number): boolean {
    return this.pressAt(ms) !== undefined;
  }

  private pressAt(ms: number): Press | undefined {
    const now = this.recording.startedAt + ms;
    return this.presses.findLast(({ timestamp }) => timestamp <= now && now - timestamp < RING_MS);
  }

  private drawRing(ms: number): void {
    const press = this.pressAt(ms);
    this.ring.hidden = !press;
    if (!press) return;
    const age = (this.recording.startedAt + ms - press.timestamp) / RING_MS;
    const size = 16 + 28 * age;
    Object.assign(this.ring.style, {
      left: `${press.x - size / 2}px`,
      top: `${press.y - size / 2}px`,
      width: `${size}px`,
      height: `${size}px`,
      opacity: String(1 - age * 0.8),
    });
  }

  /** Until what was just put there is drawn: contents come from this very machine. */
  private async settled(frame: HTMLIFrameElement): Promise<void> {
    const page = frame.contentDocument;
    if (!page || !this.rebuilt) return;
    this.rebuilt = false;
    const pending = [...page.images].filter((image) => !image.complete);
    const loaded = pending.map(
      (image) =>
        new Promise((done) => {
          image.addEventListener('load', done);
          image.addEventListener('error', done);
        }),
    );
    const enough = new Promise((done) => setTimeout(done, SETTLE_MS));
    await Promise.race([Promise.all([page.fonts.ready, ...loaded]), enough]);
  }

  private fit(width: number, height: number): void {
    if (!(width > 0 && height > 0)) return;
    const scale = Math.min(innerWidth / width, innerHeight / height);
    Object.assign(this.stage.style, {
      width: `${width}px`,
      height: `${height}px`,
      left: `${(innerWidth - width * scale) / 2}px`,
      top: `${(innerHeight - height * scale) / 2}px`,
      transform: `scale(${scale})`,
    });
  }

  /** What the recording asks for and the policy of this document keeps from it. */
  private count(place: Document): void {
    place.addEventListener('securitypolicyviolation', () => this.refused++);
  }
}

let picture: Picture | null = null;

/** What the program calls. */
Object.assign(window, {
  renderer: {
    open: async (recording: Recording, to: number): Promise<number> => {
      picture = new Picture(recording, to);
      const answer = await fetch('/events.json');
      return picture.open((await answer.json()) as eventWithTime[]);
    },
    show: (ms: number): Promise<boolean> =>
      picture ? picture.show(ms) : Promise.reject(new Error('nothing is open')),
    refused: (): number => picture?.refused ?? 0,
  },
});
