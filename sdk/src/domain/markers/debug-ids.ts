import { redactUrl } from '../../tools/redact-url';

/** A stack names few scripts; one that names more is somebody's flood. */
const MAX_SCRIPTS = 20;

/** The first address of a stack, of whichever engine. */
const SCRIPT = /([a-z-]+:\/\/.*?)(?::\d+){1,2}\)?$/m;

const ID = /^[0-9a-f-]{32,36}$/i;

/** Debug ids by the address of their script, as they stand in a stack. */
export type DebugIds = Record<string, string>;

/** Addresses by the stack under which a script has registered: a page may have hundreds of them. */
const urls = new Map<string, string | undefined>();

function urlOf(place: string): string | undefined {
  if (!urls.has(place)) {
    const url = SCRIPT.exec(place)?.[1];
    urls.set(place, url && redactUrl(url));
  }
  return urls.get(place);
}

/**
 * The builds of the scripts in a stack. Each script that `retrospec sourcemaps inject` has gone over
 * registers itself with its own stack, which names its address.
 */
export function debugIdsIn(stack: string): { debugIds?: DebugIds } {
  const registered = (globalThis as { _retrospecDebugIds?: unknown })._retrospecDebugIds;
  const found: DebugIds = {};
  let count = 0;
  for (const [place, id] of Object.entries(registered ?? {})) {
    const told = urlOf(place);
    if (told && ID.test(String(id)) && stack.includes(told) && count++ < MAX_SCRIPTS) {
      found[told] = String(id);
    }
  }
  return count ? { debugIds: found } : {};
}
