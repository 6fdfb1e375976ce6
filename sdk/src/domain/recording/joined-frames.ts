import { listen } from '../../browser/listen';
import type { Guard } from '../../tools/guard';
import { undoAll, type Undo } from '../../tools/undo';
import { EventType, IncrementalSource, NodeType, type RecordedEvent } from './events';

/** A frame that has not shown itself yet: its rules were not known, or its place was not. */
const ASK_AGAIN_MS = 1_000;
/** Each time it is asked again it has twice as long, up to this. */
const ASK_AGAIN_AT_MOST_MS = 60_000;
/** The form of what pages and frames say to each other; with another one they do not join. */
export const FRAME_PROTOCOL = 1;
/** Where the numbers of frames' style sheets begin: the page has no such many of its own. */
const FIRST_STYLE_ID = 1_000_000;
const IDS = new Set(['id', 'parentId', 'nextId', 'previousId']);

type Json = Record<string, unknown>;

interface Frame {
  source: Window;
  element: HTMLIFrameElement;
  port: MessagePort;
  /** From the frame's numbers of nodes and style sheets to ours. */
  ids: Map<number, number>;
  styles: Map<number, number>;
  rootId: number;
  /** Its picture stands in the recording; before, its changes would change nothing. */
  isShown: boolean;
  askAtMs: number;
  pauseMs: number;
}

/** What a frame and the page around it say by `window.postMessage`. */
export interface FrameWord {
  retrospec?: unknown;
  version?: unknown;
  /** The number of the knock that is answered. */
  knock?: unknown;
}

export interface JoinedFramesHost {
  guard: Guard;
  /** Origins whose frames may join. */
  origins: readonly string[];
  /** Of what is marked, nothing is taken in, whatever the frame sends. */
  isPrivate(element: Element): boolean;
  idOf(node: Node): number;
  newId(): number;
  /** Numbers what the page has just added. */
  catchUp(): void;
  /** A picture of the page is being taken; the frames are asked for theirs afterwards. */
  isBusy(): boolean;
  onEvent(event: RecordedEvent): void;
  /** What is no event of rrweb: see `boot/relay.ts`. */
  onOther(message: Json): void;
}

export interface JoinedFrames {
  /** A picture of the page is there, and shows the frames empty: each tells its own again. */
  askAll(): void;
  stop: Undo;
}

/**
 * Frames of other origins that carry the SDK and list this page's origin, as this page lists theirs.
 * They record themselves, with their own rules of privacy; here their events get the numbers that
 * nodes have in this recording.
 */
export function createJoinedFrames(host: JoinedFramesHost): JoinedFrames {
  const frames = new Map<unknown, Frame>();
  let lastStyleId = FIRST_STYLE_ID;

  const nodeId = (frame: Frame, id: number) => ourId(frame.ids, id, host.newId);
  const styleId = (frame: Frame, id: number) => ourId(frame.styles, id, () => ++lastStyleId);

  function ourId(map: Map<number, number>, theirs: number, next: () => number): number {
    if (!Number.isSafeInteger(theirs)) throw new TypeError('a frame told a number that is none');
    if (theirs < 1) return theirs;
    const ours = map.get(theirs) ?? next();
    map.set(theirs, ours);
    return ours;
  }

  /** Puts our numbers in place of the frame's, everywhere but in trees of nodes. */
  function renumber(frame: Frame, data: Json): void {
    const isSelection = data.source === IncrementalSource.Selection;
    const open: Json[] = [data];
    for (let owner = open.pop(); owner; owner = open.pop()) {
      for (const [name, value] of Object.entries(owner)) {
        const isId = IDS.has(name) || (isSelection && (name === 'start' || name === 'end'));
        if (isId && value !== null) owner[name] = nodeId(frame, value as number);
        else if (name === 'styleId' && value !== null) {
          owner[name] = styleId(frame, value as number);
        } else if (name === 'styleIds' && Array.isArray(value)) {
          owner[name] = value.map((id) => styleId(frame, id as number));
        } else if (name === 'node') {
          place(frame, value as Json);
        } else if (value && typeof value === 'object') {
          // The attributes of an element are its own; a list of changed ones is not.
          if (name !== 'attributes' || Array.isArray(value)) open.push(value as Json);
        }
      }
    }
  }

  /**
   * The same for a tree, in document order. Each of its nodes says in which document it is; of the
   * topmost one rrweb leaves it out.
   */
  function place(frame: Frame, top: Json): void {
    const open: Json[] = [top];
    for (let node = open.pop(); node; node = open.pop()) {
      const { id, rootId, childNodes } = node as {
        id: number;
        rootId?: number;
        childNodes?: Json[];
      };
      node.id = nodeId(frame, id);
      if (node.type !== NodeType.Document) {
        node.rootId = rootId === undefined ? frame.rootId : nodeId(frame, rootId);
      } else if (frame.rootId === 0) {
        frame.rootId = node.id as number;
      }
      // One by one: as arguments a hundred thousand siblings would be too many.
      for (let at = (childNodes?.length ?? 0) - 1; at >= 0; at--) {
        open.push((childNodes as Json[])[at] as Json);
      }
    }
  }

  function translate(frame: Frame, event: RecordedEvent): RecordedEvent | undefined {
    const data = event.data as Json;
    // The moment of arrival: its order among the page's own events is what a replay needs.
    const timestamp = Date.now();
    if (event.type === EventType.FullSnapshot) {
      const node = data.node as Json;
      if (node.type !== NodeType.Document) return undefined;
      if (host.idOf(frame.element) < 1) host.catchUp();
      const parentId = host.idOf(frame.element);
      if (parentId < 1) return undefined;
      frame.ids = new Map();
      frame.styles = new Map();
      frame.rootId = 0;
      place(frame, node);
      frame.isShown = true;
      frame.pauseMs = ASK_AGAIN_MS;
      const picture = {
        source: IncrementalSource.Mutation,
        adds: [{ parentId, nextId: null, node }],
        removes: [],
        texts: [],
        attributes: [],
        isAttachIframe: true,
      };
      return { type: EventType.IncrementalSnapshot, data: picture, timestamp };
    }
    const isChange = event.type === EventType.IncrementalSnapshot;
    // How large the frame is, the page around it shows.
    if (!isChange || !frame.isShown || data.source === IncrementalSource.ViewportResize) return;
    renumber(frame, data);
    return { type: event.type, data, timestamp };
  }

  function ask(frame: Frame): void {
    frame.isShown = false;
    frame.askAtMs = Date.now() + frame.pauseMs;
    frame.pauseMs = Math.min(frame.pauseMs * 2, ASK_AGAIN_AT_MOST_MS);
    frame.port.postMessage('picture');
  }

  function onMessage(frame: Frame, message: Json): void {
    if (host.isPrivate(frame.element)) {
      leave(frame);
      return;
    }
    const event = message.event as RecordedEvent | undefined;
    if (!event) {
      host.onOther(message);
      return;
    }
    if (host.isBusy()) return;
    const translated = translate(frame, event);
    if (translated) host.onEvent(translated);
  }

  function onJoin({ data, origin, source: from }: MessageEvent<FrameWord>): void {
    const source = from as Window;
    const elements = [...document.getElementsByTagName('iframe')];
    const element = elements.find((it) => it.contentWindow === source);
    if (!element || host.isPrivate(element)) return;
    frames.get(source)?.port.close();
    const { port1: port, port2 } = new MessageChannel();
    const maps = { ids: new Map<number, number>(), styles: new Map<number, number>() };
    const asked = { askAtMs: Date.now() + ASK_AGAIN_MS, pauseMs: ASK_AGAIN_MS };
    const frame: Frame = { source, element, port, ...maps, rootId: 0, isShown: false, ...asked };
    frames.set(source, frame);
    port.onmessage = host.guard(({ data }: MessageEvent<string>) =>
      onMessage(frame, JSON.parse(data) as Json),
    );
    const answer = { retrospec: 'joined', version: FRAME_PROTOCOL, knock: data.knock };
    source.postMessage(answer, origin, [port2]);
  }

  function leave({ source, port }: Frame): void {
    port.postMessage('left');
    port.close();
    frames.delete(source);
  }

  const timer = setInterval(
    host.guard(() => {
      if (host.isBusy()) return;
      for (const frame of [...frames.values()]) {
        if (frame.isShown) continue;
        if (host.isPrivate(frame.element)) leave(frame);
        else if (Date.now() >= frame.askAtMs) ask(frame);
      }
    }),
    ASK_AGAIN_MS,
  );

  const unlisten = listen(
    window,
    'message',
    host.guard((event: MessageEvent<FrameWord | null>) => {
      const { data, origin } = event;
      if (data?.retrospec !== 'join' || data.version !== FRAME_PROTOCOL) return;
      if (host.origins.includes(origin)) onJoin(event as MessageEvent<FrameWord>);
    }),
  );

  return {
    askAll() {
      for (const frame of [...frames.values()]) {
        const isThere = frame.element.contentWindow === frame.source;
        frame.pauseMs = ASK_AGAIN_MS;
        if (isThere && !host.isPrivate(frame.element)) ask(frame);
        else leave(frame);
      }
    },
    stop: undoAll([
      unlisten,
      () => clearInterval(timer),
      () => [...frames.values()].forEach(leave),
    ]),
  };
}
