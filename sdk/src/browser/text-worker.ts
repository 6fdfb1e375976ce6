import { createUrlSeal } from './trusted-url';

const seal = createUrlSeal('retrospec-worker');

/**
 * A worker whose script is this text, so that the page need not serve a file for it. Throws where
 * workers are not to be had; where a policy forbids it, the worker's `error` event tells.
 */
export function startTextWorker(source: string): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(seal(url));
  URL.revokeObjectURL(url);
  return worker;
}
