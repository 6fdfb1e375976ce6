// What customers do, done with the client that the front end really serves.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const { FRONTEND_URL = 'http://localhost:3000', BACKEND_URL = 'http://localhost:4000' } =
  process.env;
let folder;
let client;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'client-'));
  const served = await fetch(`${FRONTEND_URL}/client.js`);
  await writeFile(join(folder, 'client.mjs'), await served.text());
  client = await import(join(folder, 'client.mjs'));
});
after(() => rm(folder, { recursive: true }));

describe('the tea counter', () => {
  it('lists its teas', async () => {
    const names = (await client.teas(BACKEND_URL)).map((tea) => tea.name);
    assert.deepEqual(names, ['Assam', 'Darjeeling', 'Sencha']);
  });

  it('names the price of a basket', async () => {
    const basket = [
      { sku: 'assam', count: 2 },
      { sku: 'sencha', count: 1 },
    ];
    assert.equal((await client.priceOf(BACKEND_URL, basket)).total, 13.9);
  });

  it('takes an order', async () => {
    const order = await client.placeOrder(BACKEND_URL, [{ sku: 'darjeeling', count: 3 }], 'Ada');
    assert.equal(order.total, 18.3);
    assert.equal(order.name, 'Ada');
  });

  it('refuses a tea that it does not have', async () => {
    await assert.rejects(client.priceOf(BACKEND_URL, [{ sku: 'coffee', count: 1 }]), {
      message: /no tea is called coffee/,
    });
  });

  it('is well', async () => {
    const { status } = await (await fetch(`${BACKEND_URL}/health`)).json();
    assert.equal(status, 'ok');
  });
});
