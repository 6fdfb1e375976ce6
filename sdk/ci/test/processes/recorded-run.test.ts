import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY, startContractServer, type ContractServer } from '../contract-server';
import { startRecordingServer, type RecordingServer } from '../recording-server';
import { testCases, type XmlCase } from './junit-cases';
import { CHROMIUM, runPlaywright, type Ended } from './playwright-run';

const FULL_SNAPSHOT = 2;

let told: ContractServer;
let recorded: RecordingServer;
let work: string;

beforeAll(async () => {
  told = await startContractServer();
  recorded = await startRecordingServer();
  work = mkdtempSync(join(tmpdir(), 'recorded-run-'));
});
afterAll(async () => {
  await Promise.all([told.close(), recorded.close()]);
  rmSync(work, { recursive: true, force: true });
});

function run(env: Record<string, string>): Promise<Ended> {
  return runPlaywright('recorded.pw.ts', work, {
    RETROSPEC_URL: told.url,
    RETROSPEC_API_KEY: KEY,
    FIXTURE_SHOP: recorded.url,
    ...env,
  });
}

describe.skipIf(!existsSync(CHROMIUM))('a run whose pages record themselves', () => {
  let ended: Ended;
  let cases: Map<string, XmlCase>;

  beforeAll(async () => {
    ended = await run({ RETROSPEC_INGEST_KEY: 'rs_ingest_test' });
    const [upload] = told.received;
    if (!upload) throw new Error(ended.printed);
    cases = testCases(upload.reports[0]?.content ?? '');
  });

  /** The tags of each recorded session, as its last chunk tells them. */
  const tagsBySession = () =>
    new Map(recorded.chunks.map((chunk) => [chunk.sessionId, chunk.session.tags ?? []]));

  it('ends as it would without, and no test finds a trace of the SDK in its page', () => {
    expect(ended.status).toBe(1);
    expect(ended.printed).toContain('2 passed');
    expect(ended.printed).toContain('1 failed');
  });

  it('is recorded with a session for each try, that begins with a whole picture', () => {
    // One green test, and a red one with its second try; the third test wants no recording.
    expect(tagsBySession().size).toBe(3);
    for (const session of tagsBySession().keys()) {
      const events = recorded.chunks
        .filter((chunk) => chunk.sessionId === session)
        .flatMap((chunk) => chunk.events);
      expect(events.some((event) => event.type === FULL_SNAPSHOT)).toBe(true);
    }
    expect(recorded.chunks.every((chunk) => chunk.key === 'rs_ingest_test')).toBe(true);
    expect(recorded.chunks[0]?.session).toMatchObject({ site: 'shop', environment: 'test' });
  });

  it('is tagged with test, try and verdict', () => {
    const tags = [...tagsBySession().values()].map((it) => it.join(' | ')).sort();
    expect(tags).toEqual([
      'playwright | test:recorded.pw.ts › a recorded shop › sells nothing | failed',
      'playwright | test:recorded.pw.ts › a recorded shop › sells nothing | retry:1 | failed',
      'playwright | test:recorded.pw.ts › a recorded shop › sells | passed',
    ]);
  });

  it('leads from each test to its replays', () => {
    const textOf = (title: string) => cases.get(title)?.text ?? '';
    const sessionsOf = (text: string) =>
      [...text.matchAll(/Replay: (\S+)\/admin\/sessions\/(ses_\w+)/g)].map((it) => it[2]);
    expect(sessionsOf(textOf('a recorded shop › sells nothing'))).toHaveLength(2);
    expect(sessionsOf(textOf('a recorded shop › sells'))).toHaveLength(1);
    expect(sessionsOf(textOf('an unrecorded shop › sells'))).toEqual([]);
    const all = [...cases.values()].flatMap(({ text }) => sessionsOf(text));
    expect(new Set(all)).toEqual(new Set(tagsBySession().keys()));
  });
});

describe.skipIf(!existsSync(CHROMIUM))('a run that cannot be recorded', () => {
  it('is a run like any other without a key', async () => {
    const before = recorded.chunks.length;
    const { printed } = await run({});
    expect(printed).toContain('2 passed');
    expect(recorded.chunks.length).toBe(before);
  });
});
