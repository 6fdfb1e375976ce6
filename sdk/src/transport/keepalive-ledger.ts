/**
 * Browsers let 64 KiB of keepalive bodies be under way per page, `fetch` and `sendBeacon` together,
 * and refuse the request that goes beyond. A little is left for the page's own beacons.
 */
export const KEEPALIVE_BUDGET_BYTES = 60 * 1024;

export interface KeepaliveLedger {
  /** Books the bytes if they fit; the function gives them back, once. */
  reserve(bytes: number): (() => void) | undefined;
  free(): number;
}

export function createKeepaliveLedger(budgetBytes = KEEPALIVE_BUDGET_BYTES): KeepaliveLedger {
  let underWay = 0;
  return {
    free: () => budgetBytes - underWay,
    reserve(bytes) {
      if (underWay + bytes > budgetBytes) return undefined;
      underWay += bytes;
      let booked = true;
      return () => {
        if (booked) underWay -= bytes;
        booked = false;
      };
    },
  };
}
