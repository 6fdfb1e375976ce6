/** What the server asks for, in `command.json`; durations in milliseconds, times of the session. */
export interface Command {
  browser: {
    /** The folder of `playwright-core`. */
    playwright: string;
    executablePath: string;
    sandbox: boolean;
    args: string[];
  };
  task: {
    ffmpeg: string;
    width: number;
    height: number;
    framesPerSecond: number;
    /** Milliseconds of the session in one millisecond of video. */
    speed: number;
    from: number;
    to: number;
    /** The moment of the poster. */
    posterAt: number;
    /** Whether an MP4 is wished, too; it is made where the encoder can. */
    mp4: boolean;
    /** Of one video file; beyond it there is none. */
    maxBytes: number;
    recording: Recording;
  };
}

/** What the page shows; its events are `events.json`, and each content is `assets/<sha256>`. */
export interface Recording {
  /** Epoch milliseconds of session time 0. */
  startedAt: number;
  viewport: { width: number; height: number };
  assets: { url: string; sha256: string; mediaType: string }[];
}

/** What became of it, in `outcome.json`. */
export interface Outcome {
  isRendered: boolean;
  /** Why not; for people. */
  reason?: string;
  frames: number;
  /** Of the frames, those that showed something new. */
  drawn: number;
  /** What the recording would have fetched from somewhere else. */
  refused: number;
  /** Whether `video.mp4` is there. */
  mp4: boolean;
}
