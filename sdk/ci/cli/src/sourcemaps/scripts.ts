import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { readMap, type MapFile } from './map-file';

/** A script of a build, and its map. */
export interface Script {
  path: string;
  /** Within the folder that was named, with slashes. */
  name: string;
  code: string;
  /** Where the map stands; undefined: in the script itself. */
  mapPath: string | undefined;
  map: MapFile;
}

/** A script without a map that can be used, and why. */
export interface Unmapped {
  path: string;
  reason: string;
}

const SCRIPT = /\.(?:js|mjs|cjs)$/;
const MAP_URL = /^[ \t]*\/\/[#@] sourceMappingURL=(\S+)[ \t]*$/gm;
const INLINE = /^data:application\/json;(?:charset=[^;,]+;)?base64,/;

/** All scripts below the folders, in the order of their paths; a file may be named, too. */
export async function scriptPaths(places: string[]): Promise<{ path: string; name: string }[]> {
  const found = new Map<string, string>();
  for (const place of places) {
    const info = await stat(place).catch(() => undefined);
    if (info === undefined) throw new Error(`${place} is not there`);
    if (info.isFile()) {
      found.set(resolve(place), basename(place));
      continue;
    }
    for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
      const path = resolve(entry.parentPath, entry.name);
      const name = relative(place, path).split(sep).join('/');
      if (entry.isFile() && SCRIPT.test(name) && !/(^|\/)node_modules\//.test(name)) {
        found.set(path, name);
      }
    }
  }
  return [...found]
    .map(([path, name]) => ({ path, name }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The script with the map that it names, else with the one beside it. */
export async function readScript(path: string, name: string): Promise<Script | Unmapped> {
  const code = await readFile(path, 'utf8');
  const told = [...code.matchAll(MAP_URL)].at(-1)?.[1];
  try {
    if (told !== undefined && INLINE.test(told)) {
      const json = Buffer.from(told.replace(INLINE, ''), 'base64').toString('utf8');
      return { path, name, code, mapPath: undefined, map: readMap(json) };
    }
    for (const mapPath of mapPaths(path, told)) {
      const json = await readFile(mapPath, 'utf8').catch(() => undefined);
      if (json !== undefined) return { path, name, code, mapPath, map: readMap(json) };
    }
  } catch (error) {
    return { path, reason: `its map ${error instanceof Error ? error.message : String(error)}` };
  }
  return { path, reason: 'it has no map' };
}

function mapPaths(path: string, told: string | undefined): string[] {
  const beside = `${path}.map`;
  if (told === undefined || /^[a-z][a-z0-9+.-]*:/i.test(told)) return [beside];
  const file = decodeURI(told.replace(/[?#].*$/, ''));
  // an absolute address of the site: the file stands beside the script in most builds
  return [
    file.startsWith('/') ? join(dirname(path), basename(file)) : resolve(dirname(path), file),
    beside,
  ];
}

/** The script with another map in it. */
export function withInlineMap(code: string, map: MapFile): string {
  const url = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
  return code.replace(MAP_URL, `//# sourceMappingURL=${url}`);
}
