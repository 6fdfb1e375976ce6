import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'rules', include: ['test/rules/**/*.test.ts'], environment: 'node' } },
      {
        test: {
          name: 'processes',
          include: ['test/processes/**/*.test.ts'],
          environment: 'node',
          // Real processes and browsers; more than two at once starve each other on a small machine.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
