import type { MarkerSubkind } from './marker';

const IGNORE = 'data-retrospec-ignore';

/**
 * Whether the page says that this is meant: `data-retrospec-ignore` on the element or around it, for
 * everything or for a list of sub-kinds. On `<html>` it holds for what has no element, too.
 */
export function isIgnored(element: Element, subkind: MarkerSubkind): boolean {
  if (subkind === 'rage_click' && element.closest(`[${IGNORE}-rage]`)) return true;
  for (
    let at = element.closest(`[${IGNORE}]`);
    at;
    at = at.parentElement?.closest(`[${IGNORE}]`) ?? null
  ) {
    const listed = at.getAttribute(IGNORE)?.trim();
    if (!listed || listed === 'true' || listed.split(/[\s,]+/).includes(subkind)) return true;
  }
  return false;
}
