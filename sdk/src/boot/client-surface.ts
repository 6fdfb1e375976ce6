import { isPrivacyLevel, type PrivacyLevel } from '../domain/recording/privacy-level';
import type { Sighting } from '../domain/markers/marker';
import { reportedSighting } from '../domain/markers/reported-errors';
import { isNews } from '../domain/markers/told-errors';
import type { CustomPayloads } from '../domain/recording/events';
import type { Session } from '../domain/session/session';
import type { Guard } from '../tools/guard';
import type { CustomEvent, RetrospecClient, StopOptions } from './client';

/** What the surface drives; these may throw, the surface may not. */
export interface ClientControls {
  start(): void;
  stop(options?: StopOptions): Promise<string>;
  pause(): void;
  resume(): unknown;
  flush(): Promise<void>;
  custom(name: string, payload?: unknown): void;
  report(sighting: Sighting): void;
  span(payload: CustomPayloads['rs.span']): void;
  setPrivacyLevel(level: PrivacyLevel): void;
  /** What is private has changed. */
  retakeFullSnapshot(): void;
  setOptOut(optedOut: boolean): void;
  /** Who the visitor is has become known. */
  onIdentity(properties: Record<string, unknown>): void;
  isRecording(): boolean;
}

/** The methods that a page calls: checked, guarded, under both families of names. */
export function createClientSurface(
  guard: Guard,
  session: Session,
  dashboardUrl: string,
  controls: ClientControls,
): RetrospecClient {
  const start = guard(controls.start);
  const pause = guard(controls.pause);
  const resume = guard(controls.resume);
  const stop = (options?: StopOptions) => controls.stop(options).catch(() => session.state.id);

  return {
    start,
    stop,
    pause,
    resume,
    flush: () => controls.flush().catch(() => undefined),
    identify: guard((userId: string, traits?: Record<string, unknown>) => {
      const org = traits?.org;
      session.identify(String(userId), typeof org === 'string' ? org : undefined);
      controls.onIdentity({ ...traits, userId });
      controls.custom('retrospec.identify', { userId, ...(traits && { traits }) });
    }),
    addCustomEvent: guard((event: string | CustomEvent, payload?: unknown) => {
      if (typeof event === 'string') controls.custom(event, payload);
      else controls.custom(event.name, event.payload);
    }),
    captureError: guard((error: unknown, context?: Record<string, unknown>) => {
      if (isNews(error)) controls.report(reportedSighting(error, context));
    }),
    startSpan(name, attributes) {
      const startedAt = performance.now();
      let ended = false;
      return guard(() => {
        if (ended) return;
        ended = true;
        const durationMs = Math.round(performance.now() - startedAt);
        controls.span({ name: String(name), durationMs, ...(attributes && { attributes }) });
      });
    },
    setPrivacyLevel: guard((level: PrivacyLevel) => {
      if (isPrivacyLevel(level)) controls.setPrivacyLevel(level);
    }),
    resanitize: guard((element?: Element) => {
      element?.setAttribute('data-retrospec-mask', '');
      controls.retakeFullSnapshot();
    }),
    tag: guard((tag: string) => {
      session.tag(String(tag));
      controls.custom('retrospec.tag', { tag });
    }),
    sessionId: () => session.state.id,
    getSessionUrl: guard(({ at }: { at?: number } = {}) => {
      const page = `${dashboardUrl}/admin/sessions/${encodeURIComponent(session.state.id)}`;
      return at === undefined ? page : `${page}?t=${Math.max(0, Math.round(at))}`;
    }),
    optIn: guard(() => controls.setOptOut(false)),
    optOut: guard(() => controls.setOptOut(true)),
    isRecording: () => controls.isRecording(),
    startRecording: start,
    stopRecording: () => stop(),
    pauseRecording: pause,
    resumeRecording: resume,
  };
}
