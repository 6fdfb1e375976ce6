import { listen } from '../../browser/listen';
import { patchMethod } from '../../browser/patch';
import { undoAll, type Undo } from '../../tools/undo';

/** What says that a click had an effect: the page changed, or the visitor's attention went elsewhere. */
export type LifeSign = 'mutation' | 'scroll' | 'selection' | 'focus' | 'other';

/** Effects that no change of the document shows. */
const OTHER_EVENTS = (
  'submit reset invalid input change toggle beforetoggle play pause seeking volumechange ratechange ' +
  'copy cut paste fullscreenchange dragstart load animationstart'
).split(' ');

export interface SignsOfLife {
  /** When a sign was last seen, on the page's own clock; -Infinity for never. */
  lastAt(sign: LifeSign): number;
  /** Looks for the next change of the document; shadow roots are looked into one by one. */
  watchMutations(roots: Node[]): void;
  unwatchMutations(): void;
  stop: Undo;
}

export function watchSignsOfLife(target: Window): SignsOfLife {
  const last: Partial<Record<LifeSign, number>> = {};
  const see = (sign: LifeSign) => void (last[sign] = performance.now());
  const other = () => see('other');
  const { document } = target;
  // One is enough for every click before it; so a page that changes all the time costs no more.
  const observer = new MutationObserver(() => {
    see('mutation');
    observer.disconnect();
  });
  const on = (owner: EventTarget, types: string[], sign: LifeSign) =>
    types.map((type) => listen(owner, type, () => see(sign), { capture: true }));
  /** Calls that leave no trace in the document: a new window, a download, a copied text. */
  const calls = <T extends object>(owner: T | undefined, ...names: (keyof T)[]): Undo[] =>
    owner
      ? names.map((name) =>
          patchMethod(
            owner,
            name,
            (original, isActive) =>
              function (this: unknown, ...args: unknown[]) {
                if (isActive()) other();
                return Reflect.apply(original as () => unknown, this, args);
              } as T[typeof name],
          ),
        )
      : [];

  // A link that ends as a download changes no document; only this event tells of it.
  const { navigation } = target as Window & { navigation?: EventTarget };
  const undo = undoAll([
    ...on(document, ['scroll'], 'scroll'),
    // Every click into a text puts the caret there; only a stretch of text is a selection.
    listen(document, 'selectionchange', () => {
      if (document.getSelection()?.isCollapsed === false) see('selection');
    }),
    ...on(document, ['visibilitychange'], 'focus'),
    listen(target, 'focus', () => see('focus')),
    listen(target, 'blur', () => see('focus')),
    ...on(document, OTHER_EVENTS, 'other'),
    // The pressed control's own change of colour is no effect; a menu that unfolds elsewhere is.
    listen(document, 'transitionrun', ({ target: changed }) => {
      if (changed instanceof Element && !changed.matches(':hover')) other();
    }),
    ...on(target, ['pagehide', 'beforeprint', 'popstate', 'hashchange'], 'other'),
    ...(navigation ? [listen(navigation, 'navigate', other)] : []),
    ...calls(target as Pick<Window, 'open' | 'print'>, 'open', 'print'),
    ...calls(target.navigator.clipboard as Clipboard | undefined, 'writeText', 'write'),
    ...calls((target as unknown as { URL: typeof URL }).URL, 'createObjectURL'),
  ]);
  return {
    lastAt: (sign) => last[sign] ?? -Infinity,
    watchMutations: (roots) =>
      roots.forEach((root) =>
        observer.observe(root, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        }),
      ),
    unwatchMutations: () => observer.disconnect(),
    stop() {
      observer.disconnect();
      undo();
    },
  };
}
