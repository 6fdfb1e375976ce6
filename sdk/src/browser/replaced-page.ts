import type { Guard } from '../tools/guard';
import type { Undo } from '../tools/undo';

const LOOK_EVERY_MS = 250;
/** So many of the elements tell whether most of them are gone. */
const SAMPLE = 200;
/** What stays when the page around it changes. */
const CHROME = 'nav, header, footer, aside, [role=navigation], [role=banner], [role=contentinfo]';
/** Nothing of their own to see; style sheets belong to the new page, too. */
const INVISIBLE = /^(?:script|style|link|template|noscript|br)$/i;

/** What stood on excluded pages when they were left; some of it stays, whosever it is. */
const left = new WeakSet<Element>();

/** Whether it stood on an excluded page: then what it tells is private, however long it stays. */
export function isLeft(element: Element): boolean {
  return left.has(element);
}

function elementsOf(root: ParentNode, selector = '*'): Element[] {
  const all = [...root.querySelectorAll(selector)];
  return all.concat(...all.map(({ shadowRoot }) => (shadowRoot ? elementsOf(shadowRoot) : [])));
}

/**
 * Remembers what stands on the page, and waits until most of it is gone: routers change the address
 * first, and the old page stays until the new one is loaded, however long that takes. Menus and
 * notices that close meanwhile are no new page.
 */
export function whenReplaced(page: Document, guard: Guard, then: () => void): Undo {
  const all = elementsOf(page, 'body *, title').filter(({ tagName }) => !INVISIBLE.test(tagName));
  all.forEach((element) => left.add(element));
  const leaves = all.filter((it) => !it.firstElementChild && it.tagName !== 'TITLE');
  const content = leaves.filter((it) => !it.closest(CHROME));
  const counted = content.length > 0 ? content : leaves;
  const step = Math.ceil(counted.length / SAMPLE);
  let sample = counted.filter((_, at) => at % step === 0);
  const few = sample.length / 2;
  const timer = setInterval(
    guard(() => {
      // Those that are gone are let go of.
      sample = sample.filter((element) => element.isConnected);
      if (sample.length > few) return;
      clearInterval(timer);
      then();
    }),
    LOOK_EVERY_MS,
  );
  return () => clearInterval(timer);
}
