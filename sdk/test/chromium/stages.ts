import { afterAll, afterEach, beforeAll } from 'vitest';
import { openStage, type Stage } from './site';

/** What a page's script sees of the SDK. */
export interface RetrospecWindow {
  retrospec: {
    flush(): Promise<void>;
    stop(options?: { discard?: boolean }): Promise<string>;
    start(): void;
    pause(): void;
    resume(): void;
    optOut(): void;
    optIn(): void;
    identify(id: string, traits?: Record<string, unknown>): void;
    tag(tag: string): void;
    addCustomEvent(name: string, payload?: unknown): void;
    setPrivacyLevel(level: string): void;
    resanitize(element?: Element): void;
    getSessionUrl(options?: { at?: number }): string;
    sessionId(): string;
    isRecording(): boolean;
  };
}

/** One browser and two servers for all tests of a file; each test starts with clean ones. */
export function useStage(): { current: Stage } {
  const holder = {} as { current: Stage };
  beforeAll(async () => {
    holder.current = await openStage();
  });
  afterEach(() => holder.current.clear());
  afterAll(() => holder.current.close());
  return holder;
}
