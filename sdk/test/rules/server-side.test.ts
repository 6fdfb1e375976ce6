import { expect, test } from 'vitest';
import { initRetrospec } from '../../src/index';

test('on a server without a window the client is there and does nothing', async () => {
  const client = initRetrospec({ apiBaseUrl: 'http://localhost', apiKey: 'k', site: 's' });
  client.startRecording();
  client.addCustomEvent('anything', { at: 'all' });
  expect(client.isRecording()).toBe(false);
  await expect(client.flush()).resolves.toBeUndefined();
  await expect(client.stopRecording()).resolves.toBe('');
});
