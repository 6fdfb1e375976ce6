import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Request } from '../../src/server';
import { readSettings } from '../../src/settings';
import { KEY, startContractServer, type ContractServer } from '../contract-server';

const RUN: Request = {
  method: 'POST',
  path: '/test-runs',
  body: { json: { commitHash: 'a1', branch: 'main', author: 'me', status: 'passed' } },
};
const HASTE = { tryMs: 5_000, totalMs: 20_000, tries: 3 };

describe('a request', () => {
  let server: ContractServer;
  const ask = (request = RUN, patience = HASTE) =>
    connect({ url: server.url, key: KEY }, patience)(request);

  beforeEach(async () => {
    server = await startContractServer();
  });
  afterEach(() => server.close());

  it('is repeated while the server is in trouble', async () => {
    server.next.push({ status: 500 }, { status: 503, headers: { 'retry-after': '0' } });
    expect((await ask()).kind).toBe('ok');
    expect(server.received).toHaveLength(3);
  });

  it('is not repeated when the server refuses it', async () => {
    server.next.push({ status: 400, body: { error: 'author is required' } });
    expect(await ask()).toEqual({
      kind: 'refused',
      status: 400,
      message: '400 author is required',
    });
    expect(server.received).toHaveLength(1);
  });

  it('ends as away after the last try', async () => {
    server.next.push(
      { status: 500 },
      { status: 502 },
      { status: 500, body: { error: 'database' } },
    );
    expect(await ask()).toEqual({ kind: 'away', message: '500 database' });
  });

  it('waits as long as it is asked to, and no longer than it has', async () => {
    server.next.push({ status: 429, headers: { 'retry-after': '900' } });
    const began = Date.now();
    expect((await ask()).kind).toBe('away');
    expect(Date.now() - began).toBeLessThan(HASTE.totalMs);
  });

  it('is repeated after silence only where that is harmless', async () => {
    const patience = { ...HASTE, tryMs: 1_000 };
    server.next.push({ status: 200, silent: true });
    expect((await ask(RUN, patience)).kind).toBe('ok');
    server.next.push({ status: 200, silent: true });
    const once = await ask({ ...RUN, onceOnly: true }, patience);
    expect(once).toMatchObject({ kind: 'away', message: expect.stringContaining('no answer') });
  });

  it('never carries the key where a redirect points', async () => {
    const elsewhere = await startContractServer();
    server.next.push({ status: 307, headers: { location: `${elsewhere.url}/test-runs` } });
    expect(await ask()).toMatchObject({ kind: 'refused', status: 307 });
    expect(elsewhere.received).toHaveLength(0);
    await elsewhere.close();
  });

  it('takes a page that is no JSON for another server', async () => {
    server.next.push({ status: 200, body: '<html>proxy</html>' });
    expect(await ask()).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('no JSON'),
    });
  });

  it('says why nobody answered', async () => {
    const { url } = server;
    await server.close();
    const reply = await connect({ url, key: KEY }, { ...HASTE, tries: 1 })(RUN);
    expect(reply).toEqual({ kind: 'away', message: `${url}: ECONNREFUSED` });
    server = await startContractServer();
  });
});

describe('the settings', () => {
  it("are found under the requirements' names too", () => {
    expect(readSettings({ API_SERVICE_URL: 'https://r.test//', API_SECRET_KEY: ' k ' })).toEqual({
      url: 'https://r.test',
      key: 'k',
    });
  });

  it.each([
    [{ RETROSPEC_API_KEY: 'k' }, 'RETROSPEC_URL is not set'],
    [{ RETROSPEC_URL: 'ftp://r.test', RETROSPEC_API_KEY: 'k' }, 'must begin with http'],
    [{ RETROSPEC_URL: 'https://r.test', RETROSPEC_API_KEY: '' }, 'RETROSPEC_API_KEY is not set'],
    [{ RETROSPEC_URL: 'https://r.test', RETROSPEC_API_KEY: 'a\nb' }, 'no key has'],
  ])('say what is wrong with %j', (env, problem) => {
    expect(readSettings(env)).toMatchObject({ problem: expect.stringContaining(problem) });
  });
});
