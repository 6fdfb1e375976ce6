/** Milliseconds that mutations are gathered before they are recorded, by level. */
const WINDOWS_MS = [0, 100, 250, 500, 1_000] as const;
/** Mutations per second from which a level is right, however cheap they are. */
const RATES = [0, 1_500, 3_000, 5_000, 12_000] as const;
const JUDGE_EVERY_MS = 1_000;
/** Of the main thread's time: above the first we thin out, below the second we let more through. */
const MOST_OWN_SHARE = 0.03;
const CALM_OWN_SHARE = 0.01;
/** The same for long tasks, of whomever they are: a page that struggles is not to be made slower. */
const MOST_LONG_SHARE = 0.25;
const CALM_LONG_SHARE = 0.08;
/** One task of ours that took longer raises the level at once. */
const TASK_BUDGET_MS = 40;

/** From this level on pointer, scrolling and canvases are recorded coarser, too. */
export const COARSE_LEVEL = 2;

export interface Quality {
  /** 0 = everything as it happens. */
  level(): number;
  windowMs(): number;
  sawMutations(count: number): void;
  /** Milliseconds of the main thread that recording took. */
  spent(ms: number): void;
  /** A task of the page that was longer than 50 ms. */
  sawLongTask(ms: number): void;
  /** Whether the page's own long tasks, rather than what changes, made the level. */
  isForLongTasks(): boolean;
}

/** Decides how finely the page is recorded, once a second, from what it costs and what it does. */
export function createQuality(now: () => number): Quality {
  let judgedAt = now();
  let mutations = 0;
  let ownMs = 0;
  let longMs = 0;
  let rateLevel = 0;
  let costLevel = 0;
  let longTasks = false;

  function judge(): void {
    const elapsed = now() - judgedAt;
    if (elapsed < JUDGE_EVERY_MS) return;
    const perSecond = (mutations * 1_000) / elapsed;
    rateLevel = RATES.filter((rate) => perSecond >= rate).length - 1;
    const own = ownMs / elapsed;
    const long = longMs / elapsed;
    if (long > MOST_LONG_SHARE && mutations > 0) {
      raise();
      longTasks = true;
    } else if (own > MOST_OWN_SHARE) {
      raise();
    } else if (own < CALM_OWN_SHARE && long < CALM_LONG_SHARE) {
      costLevel = Math.max(0, costLevel - 1);
      if (costLevel === 0) longTasks = false;
    }
    mutations = ownMs = longMs = 0;
    judgedAt = now();
  }

  function raise(): void {
    costLevel = Math.min(costLevel + 1, WINDOWS_MS.length - 1);
  }

  function level(): number {
    judge();
    return Math.max(rateLevel, costLevel);
  }

  return {
    level,
    windowMs: () => WINDOWS_MS[level()] ?? 0,
    sawMutations: (count) => void (mutations += count),
    spent(ms) {
      ownMs += ms;
      if (ms > TASK_BUDGET_MS) raise();
    },
    sawLongTask: (ms) => void (longMs += ms),
    isForLongTasks: () => longTasks && costLevel > rateLevel,
  };
}
