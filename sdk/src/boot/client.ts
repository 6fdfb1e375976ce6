import type { PrivacyLevel } from '../domain/recording/privacy-level';

export interface StopOptions {
  /** Forget what was not sent yet, instead of sending it: for a consent that was withdrawn. */
  discard?: boolean;
}

export interface CustomEvent {
  name: string;
  payload?: unknown;
}

/** What a page holds in its hands. No method ever throws. */
export interface RetrospecClient {
  /** Begins, or begins again after `stop()`. Nothing happens after `optOut()`. */
  start(): void;
  /** Ends the recording; resolves with the session id when all is sent (or discarded). */
  stop(options?: StopOptions): Promise<string>;
  /** Nothing is seen until `resume()`; the session goes on. */
  pause(): void;
  resume(): void;
  /** Sends what has gathered; resolves when nothing waits any more. */
  flush(): Promise<void>;
  /** Says who the visitor is; `traits.org` becomes the session's organisation. */
  identify(userId: string, traits?: Record<string, unknown>): void;
  /** Puts an event of your own on the timeline. */
  addCustomEvent(name: string, payload?: unknown): void;
  addCustomEvent(event: CustomEvent): void;
  /**
   * Tells of an error that your code caught; one that was told already is not told again. What stands
   * in `context.fingerprint`, a text or a list of texts, groups it; `{{ default }}` in it stands for how
   * it would be grouped without.
   */
  captureError(error: unknown, context?: Record<string, unknown>): void;
  /** Puts a stretch of time of your own on the timeline: from now until the answer is called. */
  startSpan(name: string, attributes?: Record<string, unknown>): () => void;
  /** Changes the masking from now on; what was sent stays as it was sent. */
  setPrivacyLevel(level: PrivacyLevel): void;
  /**
   * Call it when the page has changed what is private: what is shown is recorded anew, under the marks
   * as they stand. An element that is given is marked with all inside; what was sent stays as it was.
   */
  resanitize(element?: Element): void;
  tag(tag: string): void;
  sessionId(): string | undefined;
  /** The page in the dashboard that plays this session; `at` in milliseconds since its start. */
  getSessionUrl(options?: { at?: number }): string | undefined;
  /** Remembered in this browser until `optOut()`; begins to record. */
  optIn(): void;
  /** Remembered in this browser: stops, discards, and nothing is recorded until `optIn()`. */
  optOut(): void;
  isRecording(): boolean;

  startRecording(): void;
  stopRecording(): Promise<string>;
  pauseRecording(): void;
  resumeRecording(): void;
}

/** For servers that render pages, and for options that cannot work: everything is there, nothing happens. */
export function createInertClient(): RetrospecClient {
  const nothing = () => undefined;
  const stop = () => Promise.resolve('');
  return {
    start: nothing,
    stop,
    pause: nothing,
    resume: nothing,
    flush: () => Promise.resolve(),
    identify: nothing,
    addCustomEvent: nothing,
    captureError: nothing,
    startSpan: () => nothing,
    setPrivacyLevel: nothing,
    resanitize: nothing,
    tag: nothing,
    sessionId: nothing,
    getSessionUrl: nothing,
    optIn: nothing,
    optOut: nothing,
    isRecording: () => false,
    startRecording: nothing,
    stopRecording: stop,
    pauseRecording: nothing,
    resumeRecording: nothing,
  };
}
