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
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
