import { encodedMap, FlattenMap, TraceMap, type SourceMapInput } from '@jridgewell/trace-mapping';

/** A source map as it stands in a file (ECMA-426), plain. */
export interface MapFile {
  version: 3;
  debugId?: string;
  file?: string;
  sourceRoot?: string;
  sources: (string | null)[];
  sourcesContent?: (string | null)[];
  names: string[];
  mappings: string;
  [more: string]: unknown;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads a map; an index map becomes a plain one.
 *
 * @throws Error when it is none; the message is for people
 */
export function readMap(json: string): MapFile {
  let read: unknown;
  try {
    read = JSON.parse(json.replace(/^\)]}'[^\n]*\n/, ''));
  } catch {
    throw new Error('is no JSON');
  }
  const map = read as Partial<MapFile> & { sections?: unknown; debug_id?: unknown };
  if (map.version !== 3) throw new Error('is no source map of version 3');
  const debugId = [map.debugId, map.debug_id].find(isUuid)?.toLowerCase();
  const plain: Partial<MapFile> = Array.isArray(map.sections)
    ? { ...(encodedMap(new FlattenMap(map as SourceMapInput)) as Partial<MapFile>) }
    : map;
  const { mappings, sources, names = [] } = plain;
  if (typeof mappings !== 'string' || !Array.isArray(sources)) {
    throw new Error('has no mappings or no sources');
  }
  return { ...plain, version: 3, mappings, sources, names, ...(debugId && { debugId }) };
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

export function traced(map: MapFile): TraceMap {
  return new TraceMap(map);
}
