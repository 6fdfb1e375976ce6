import { noCounts, type Chunk } from '../../src/domain/chunks/chunk';

export function aChunk(events: string[], seq = 4): Chunk {
  return {
    sessionId: 'ses_1',
    seq,
    windowId: 'win_1',
    reason: 'interval',
    session: {
      site: 'shop',
      startedAt: '2026-01-01T00:00:00.000Z',
      url: 'https://shop.example/',
      userAgent: 'test',
      viewport: { width: 1, height: 1 },
    },
    events,
    markers: [],
    counters: { ...noCounts(), throttled: 1 },
  };
}
