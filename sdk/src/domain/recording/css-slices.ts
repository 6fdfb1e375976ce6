import { internals } from './rrweb-internals';

/** Smaller sheets are written when the snapshot meets them. */
const LARGE_RULES = 200;

/** Writes the large style sheets of the page, a few rules between two yields. */
export function* writeLargeSheets(page: Document): Generator<undefined, LargeSheets> {
  const counts = new Map<CSSStyleSheet, number>();
  for (const sheet of page.styleSheets) {
    const rules = rulesOf(sheet);
    if (!rules || rules.length < LARGE_RULES) continue;
    const href = sheet.href ?? sheet.ownerNode?.baseURI ?? null;
    const texts: string[] = [];
    for (let at = 0; at < rules.length; at++) {
      const rule = rules[at];
      if (rule) texts.push(internals.stringifyRule(rule, href));
      if (at % 32 === 31) yield;
    }
    internals.cssTexts.set(sheet, texts.join(''));
    counts.set(sheet, rules.length);
  }
  return {
    /** A sheet that grew or shrank since is written anew. */
    verify(node) {
      const { sheet } = node as HTMLStyleElement;
      if (sheet && counts.has(sheet) && rulesOf(sheet)?.length !== counts.get(sheet)) {
        internals.cssTexts.delete(sheet);
      }
    },
    forget() {
      for (const sheet of counts.keys()) internals.cssTexts.delete(sheet);
    },
  };
}

export interface LargeSheets {
  verify(node: Node): void;
  forget(): void;
}

function rulesOf(sheet: CSSStyleSheet): CSSRuleList | undefined {
  try {
    return sheet.cssRules;
  } catch {
    // Of another origin without CORS: nobody can read it.
    return undefined;
  }
}
