/** Told of every error that was kept away from the page. */
export type FailureListener = (error: unknown) => void;

export interface Guard {
  /** The same function, except that it answers undefined where it would have thrown. */
  <A extends unknown[], R>(action: (...args: A) => R): (...args: A) => R | undefined;
}

/** Keeps our own errors out of the page: whatever runs on the page's stack runs through a guard. */
export function createGuard(onFailure: FailureListener): Guard {
  return (action) =>
    (...args) => {
      try {
        return action(...args);
      } catch (error) {
        try {
          onFailure(error);
        } catch {
          // A listener that throws as well has nobody left to tell.
        }
        return undefined;
      }
    };
}
