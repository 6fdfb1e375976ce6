import { createHash } from 'node:crypto';
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import type { MapFile } from './map-file';

/**
 * Registers a script's debug id under the script's own stack, which names its address. The way is
 * Sentry's (`_sentryDebugIds`), which others have taken over; the global is our own, so that both may
 * go over one file.
 */
export function snippetOf(debugId: string): string {
  return `!function(){try{var e=(new Error).stack;e&&((globalThis._retrospecDebugIds=globalThis._retrospecDebugIds||{})[e]="${debugId}")}catch(e){}}();`;
}

const SNIPPET =
  /_retrospecDebugIds=globalThis\._retrospecDebugIds\|\|\{\}\)\[e\]="([0-9a-f-]{36})"/;
const ID_COMMENT = /^\/\/[#@] debugId=([0-9a-f-]{36})[ \t]*$/im;
const MAP_COMMENT = /^[ \t]*\/\/[#@] sourceMappingURL=.*$/gm;

/** What {@link contentId} makes; bundlers' ids are of other versions. */
const OURS = /^[0-9a-f]{8}-[0-9a-f]{4}-8/;

export interface Injected {
  code: string;
  map: MapFile;
  debugId: string;
  /** Whether anything of the two is new. */
  changed: boolean;
}

/** The debug id that a script carries; undefined when none has been put in. */
export function debugIdOf(code: string): string | undefined {
  return (SNIPPET.exec(code)?.[1] ?? ID_COMMENT.exec(code)?.[1])?.toLowerCase();
}

/**
 * Gives a script and its map the same debug id. Again: nothing changes. A bundler's own id stays.
 * The id comes from the content, so that equal builds have equal ids.
 */
export function inject(code: string, map: MapFile): Injected {
  const known = SNIPPET.exec(code)?.[1];
  const debugId = known ?? debugIdOf(code) ?? map.debugId ?? contentId(code, map);
  if (known !== undefined) {
    const changed = map.debugId !== known;
    return { code, map: changed ? { ...map, debugId } : map, debugId, changed };
  }
  const { offset, semicolon } = endOfDirectives(code);
  const snippet = (semicolon ? ';' : '') + snippetOf(debugId);
  const before = code.slice(0, offset);
  const line = before.split('\n').length - 1;
  const column = offset - (before.lastIndexOf('\n') + 1);
  return {
    code: withIdComment(before + snippet + code.slice(offset), debugId),
    map: isHalfDone(code, map)
      ? map
      : { ...map, debugId, mappings: moved(map.mappings, line, column, snippet.length) },
    debugId,
    changed: true,
  };
}

/** Whether a run was ended when it had written the map, and the script not yet. */
function isHalfDone(code: string, map: MapFile): boolean {
  return debugIdOf(code) === undefined && OURS.test(map.debugId ?? '');
}

/** A UUID of version 8: made by us, of a SHA-256 (RFC 9562, 5.8). */
function contentId(code: string, map: MapFile): string {
  const hash = createHash('sha256');
  for (const part of [code, map.mappings, JSON.stringify([map.sources, map.names])]) {
    hash.update(part).update('\0');
  }
  const hex = hash.digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}

/** Before the comment that names the map, which has to be the last. */
function withIdComment(code: string, debugId: string): string {
  if (ID_COMMENT.test(code)) return code;
  const comment = `//# debugId=${debugId}\n`;
  const last = [...code.matchAll(MAP_COMMENT)].at(-1);
  if (last === undefined) return `${code.replace(/\n*$/, '\n')}${comment}`;
  return code.slice(0, last.index) + comment + code.slice(last.index);
}

/** The mappings of a line in which something was put. */
function moved(mappings: string, line: number, column: number, length: number): string {
  const lines = decode(mappings);
  const segments = lines[line];
  if (segments === undefined) return mappings;
  const before = segments.filter((segment) => segment[0] < column);
  const after = segments.filter((segment) => segment[0] >= column);
  after.forEach((segment) => (segment[0] += length));
  // what was put in comes from no source
  const nowhere: SourceMapSegment[] = before.length > 0 ? [[column]] : [];
  lines[line] = [...before, ...nowhere, ...after];
  return encode(lines);
}

/** White space and comments. */
const GAP = /(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/y;

/** A text that is a statement by itself, so far. */
const DIRECTIVE = /(?:"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*')/y;

/** What goes on with the line before. */
const CONTINUES = /^[.+\-*/%&|^?:,([=<>~`]|^in\b|^instanceof\b/;

/** Directives count only while nothing but comments stands before them. */
function endOfDirectives(code: string): { offset: number; semicolon: boolean } {
  const shebang = /^#![^\n]*\n?/.exec(code)?.[0].length ?? 0;
  let end = { offset: shebang, semicolon: false };
  for (let at = shebang; ;) {
    at += lengthAt(GAP, code, at);
    const directive = lengthAt(DIRECTIVE, code, at);
    if (directive === 0) return end;
    at += directive;
    const gap = lengthAt(GAP, code, at);
    const next = code.slice(at + gap, at + gap + 12);
    if (next.startsWith(';')) {
      at += gap + 1;
      end = { offset: at, semicolon: false };
    } else if (next === '' || (code.slice(at, at + gap).includes('\n') && !CONTINUES.test(next))) {
      end = { offset: at, semicolon: true };
    } else {
      return end;
    }
  }
}

function lengthAt(pattern: RegExp, code: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(code)?.[0].length ?? 0;
}
