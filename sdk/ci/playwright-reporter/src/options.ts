/** How the reporter is set up in `playwright.config.ts`; each may be left out. */
export interface RetroSpecOptions {
  /** The RetroSpec server; else RETROSPEC_URL. The key comes from RETROSPEC_API_KEY only. */
  url?: string;
  /** Which of the CI's jobs this is, when several run Playwright. */
  job?: string;
  /** What the branch is compared with, where the CI does not tell. */
  baseBranch?: string;
  /** Whether the changed lines are told; default true. */
  diff?: boolean;
  /** Where a run waits while the server is away; default `.retrospec/spool` beside the config. */
  spoolDir?: string;
  /** The longest that the end of a run waits for the server; default 30,000 ms. */
  timeoutMs?: number;
}
