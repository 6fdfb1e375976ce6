/** One button on a lane: a moment, or several that are too close to be pressed one by one. */
export interface Moment {
  readonly ms: number;
  readonly kind: string;
  readonly text: string;
}

export interface Bucket {
  readonly ms: number;
  readonly moments: readonly Moment[];
}

/**
 * Joins moments that would lie nearer to each other than a finger can tell apart.
 *
 * @param moments in order of time
 * @param gapMs the least distance of two buttons
 */
export function bucketed(moments: readonly Moment[], gapMs: number): Bucket[] {
  const buckets: { ms: number; moments: Moment[] }[] = [];
  for (const moment of moments) {
    const last = buckets.at(-1);
    if (last && moment.ms - last.ms < gapMs) last.moments.push(moment);
    else buckets.push({ ms: moment.ms, moments: [moment] });
  }
  return buckets;
}
