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
          fileParallelism: false,
        },
      },
    ],
  },
});
