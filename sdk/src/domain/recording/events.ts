/** The parts of rrweb's event format that we read or write; see `@rrweb/types` for the whole. */
export const EventType = {
  DomContentLoaded: 0,
  Load: 1,
  FullSnapshot: 2,
  IncrementalSnapshot: 3,
  Meta: 4,
  Custom: 5,
} as const;

export const IncrementalSource = {
  Mutation: 0,
  MouseMove: 1,
  Scroll: 3,
  ViewportResize: 4,
  Input: 5,
  TouchMove: 6,
  StyleSheetRule: 8,
  Drag: 12,
  StyleDeclaration: 13,
  Selection: 14,
  AdoptedStyleSheet: 15,
} as const;

export const NodeType = { Document: 0, DocumentType: 1, Element: 2, Text: 3 } as const;

export interface RecordedEvent {
  type: number;
  data: unknown;
  /** Milliseconds since the epoch. */
  timestamp: number;
}

export type AttributeValue = string | number | boolean | null | object;
export type Attributes = Record<string, AttributeValue>;

/** A serialised node. Elements carry a tag name, attributes and children. */
export interface SnapshotNode {
  type: number;
  id: number;
  tagName?: string;
  attributes?: Attributes;
  childNodes?: SnapshotNode[];
  isSVG?: boolean;
  isShadowHost?: boolean;
  isShadow?: boolean;
  rootId?: number;
  textContent?: string;
}

export interface MutationData {
  source: 0;
  texts: { id: number; value: string | null }[];
  attributes: { id: number; attributes: Attributes }[];
  adds: { parentId: number; node: SnapshotNode }[];
}

export interface InputData {
  source: 5;
  id: number;
  text: string;
  isChecked: boolean;
}

/** The tags of our custom events; server and player index exactly these. */
export interface CustomPayloads {
  'rs.console': { level: string; args: string[]; stack?: string };
  'rs.network': {
    method: string;
    url: string;
    status: number;
    durationMs: number;
    type: 'fetch' | 'xhr';
    outcome?: 'answered' | 'failed' | 'aborted';
    requestBytes?: number;
    responseBytes?: number;
    /** Only for the addresses that the project's rules name. */
    requestHeaders?: Record<string, string>;
    responseHeaders?: Record<string, string>;
    requestBody?: string;
    responseBody?: string;
    /** The server's own number for the request, with which its errors are found. */
    correlationId?: string;
  };
  'rs.navigation': { url: string };
  /** One for each click; the label is what the visitor read on it. */
  'rs.click': { selector: string; label?: string };
  'rs.vital': { name: string; value: number; rating: string };
  'rs.longtask': { durationMs: number };
  'rs.span': { name: string; durationMs: number; attributes?: Record<string, unknown> };
  /** A notice on the timeline: from here less was recorded than happened. */
  'rs.reduced': { reason: string; count: number };
  'rs.custom': { name: string; payload?: unknown };
  'rs.marker': { id: string; kind: string; label: string };
}

export type CustomTag = keyof CustomPayloads;

export function customEvent<T extends CustomTag>(
  tag: T,
  payload: CustomPayloads[T],
  timestamp: number,
): RecordedEvent {
  return { type: EventType.Custom, data: { tag, payload }, timestamp };
}
