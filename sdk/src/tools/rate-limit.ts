/** A bucket of tokens: `burst` at once, then so many a second. Answers whether one more may pass. */
export function createRateLimit(
  burst: number,
  perSecond: number,
  now: () => number,
): () => boolean {
  let tokens = burst;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) * perSecond) / 1_000);
    filledAt = at;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}
