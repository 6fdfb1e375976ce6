import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'rules', include: ['test/rules/**/*.test.ts'], environment: 'node' } },
      {
        test: {
          name: 'chromium',
          include: ['test/chromium/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/chromium/build.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // One browser for each file; more than two at once starve each other on a small machine.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          // As long as the browser's own waits: a player may take seconds on a busy machine.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
