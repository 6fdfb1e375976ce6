/** What the server asks for, in `command.json`; durations in milliseconds. */
export interface Command {
  browser: {
    /** The folder of `playwright-core`. */
    playwright: string;
    executablePath: string;
    sandbox: boolean;
    args: string[];
  };
  task: {
    url: string;
    viewport: { width: number; height: number };
    /** `http://127.0.0.1:port`: the page's only way to the world. */
    proxy: string;
    /** Waited for after loading, for as long as `patience`; without it: that long. */
    selector?: string;
    patience: number;
    /** For one try to load the page. */
    loading: number;
    /** For everything; then this process is killed. */
    whole: number;
  };
}

/** What became of it, in `outcome.json`. */
export interface Outcome {
  isCaptured: boolean;
  /** Each address that the page itself was at in the last try, redirects included. */
  addresses: string[];
  userAgent?: string;
  /** Why it did not load: Chromium's name such as `net::ERR_FAILED`, `timeout`, or nothing. */
  reason?: string;
}
