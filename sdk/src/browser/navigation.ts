import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import { listen } from './listen';
import { patchMethod } from './patch';

/** Tells of every change of the address within one document; not of the first one. */
export function observeNavigation(
  target: Window,
  guard: Guard,
  onUrl: (url: string) => void,
): Undo {
  const { navigation } = target as { navigation?: EventTarget };
  let lastUrl = target.location.href;
  const look = guard(() => {
    const url = target.location.href;
    if (url === lastUrl) return;
    lastUrl = url;
    onUrl(url);
  });
  const wrap = (name: 'pushState' | 'replaceState') =>
    patchMethod(
      target.history,
      name,
      (original, isActive) =>
        function (this: History, ...args: Parameters<History['pushState']>) {
          Reflect.apply(original, this, args);
          if (isActive()) look();
        },
    );
  return undoAll([
    wrap('pushState'),
    wrap('replaceState'),
    // Where there is one it tells earlier than the other two: before the page's own listeners
    // change what stands there.
    ...(navigation ? [listen(navigation, 'currententrychange', look)] : []),
    listen(target, 'popstate', look),
    listen(target, 'hashchange', look),
  ]);
}
