import { listen } from '../../browser/listen';
import type { Guard } from '../../tools/guard';
import { undoAll, type Undo } from '../../tools/undo';
import { EventType, IncrementalSource, NodeType, type RecordedEvent } from './events';

/** A frame that has not shown itself yet: its rules were not known, or its place was not. */
const ASK_AGAIN_MS = 1_000;
/** Where the numbers of frames' style sheets begin: the page has no such many of its own. */
const FIRST_STYLE_ID = 1_000_000;
const IDS = new Set(['id', 'parentId', 'nextId', 'previousId']);

type Json = Record<string, unknown>;

interface Frame {
  element: HTMLIFrameElement;
  port: MessagePort;
  /** From the frame's numbers of nodes and style sheets to ours. */
  ids: Map<number, number>;
  styles: Map<number, number>;
  rootId: number;
  /** Its picture stands in the recording; before, its changes would change nothing. */
  isShown: boolean;
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
        if (typeof value === 'number') {
          const isId = IDS.has(name) || (isSelection && (name === 'start' || name === 'end'));
          if (isId) owner[name] = nodeId(frame, value);
          else if (name === 'styleId') owner[name] = styleId(frame, value);
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
      open.push(...[...(childNodes ?? [])].reverse());
    }
  }

  function translate(frame: Frame, event: RecordedEvent): RecordedEvent | undefined {
    const data = event.data as Json;
    // The moment of arrival: its order among the page's own events is what a replay needs.
    const timestamp = Date.now();
    if (event.type === EventType.FullSnapshot) {
      if (host.idOf(frame.element) < 1) host.catchUp();
      const parentId = host.idOf(frame.element);
      if (parentId < 1) return undefined;
      frame.ids = new Map();
      frame.styles = new Map();
      frame.rootId = 0;
      const node = data.node as Json;
      place(frame, node);
      frame.isShown = true;
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
    frame.port.postMessage('picture');
  }

  function onMessage(frame: Frame, message: Json): void {
    if (host.isPrivate(frame.element)) return;
    const event = message.event as RecordedEvent | undefined;
    if (!event) {
      host.onOther(message);
      return;
    }
    if (host.isBusy()) return;
    const translated = translate(frame, event);
    if (translated) host.onEvent(translated);
  }

  function onJoin({ source, origin }: MessageEvent): void {
    const elements = [...document.getElementsByTagName('iframe')];
    const element = elements.find((it) => it.contentWindow === source);
    if (!element || host.isPrivate(element)) return;
    frames.get(source)?.port.close();
    const { port1: port, port2 } = new MessageChannel();
    const maps = { ids: new Map<number, number>(), styles: new Map<number, number>() };
    const frame: Frame = { element, port, ...maps, rootId: 0, isShown: false };
    frames.set(source, frame);
    port.onmessage = host.guard(({ data }: MessageEvent<string>) =>
      onMessage(frame, JSON.parse(data) as Json),
    );
    (source as Window).postMessage({ retrospec: 'joined' }, origin, [port2]);
  }

  function leave(source: unknown, { port }: Frame): void {
    port.postMessage('left');
    port.close();
    frames.delete(source);
  }

  const timer = setInterval(
    host.guard(() => {
      if (!host.isBusy()) [...frames.values()].filter((it) => !it.isShown).forEach(ask);
    }),
    ASK_AGAIN_MS,
  );

  const unlisten = listen(
    window,
    'message',
    host.guard((event: MessageEvent<{ retrospec?: unknown } | null>) => {
      if (event.data?.retrospec === 'join' && host.origins.includes(event.origin)) onJoin(event);
    }),
  );

  return {
    askAll() {
      for (const [source, frame] of [...frames]) {
        if (frame.element.contentWindow === source) ask(frame);
        else leave(source, frame);
      }
    },
    stop: undoAll([
      unlisten,
      () => clearInterval(timer),
      () => [...frames].forEach(([source, frame]) => leave(source, frame)),
    ]),
  };
}
