import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'rules', include: ['test/rules/**/*.test.ts'], environment: 'node' },
      },
      {
        test: {
          name: 'chromium',
          include: ['test/chromium/**/*.test.ts'],
          environment: 'node',
          // One browser for each file; more than two at once starve each other on a small machine.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Limits of waits, not waits: on a busy machine a page may take seconds.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
