/** Takes back what an instrumentation did to the page. Calling it twice is harmless. */
export type Undo = () => void;

/** One undo for many, run in reverse order; one that fails does not keep the others from running. */
export function undoAll(undos: Undo[]): Undo {
  return () => {
    for (const undo of undos.splice(0).reverse()) {
      try {
        undo();
      } catch {
        // The page must not see our failure; the remaining undos matter more than this one.
      }
    }
  };
}
