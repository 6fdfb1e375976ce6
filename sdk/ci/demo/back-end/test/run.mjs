// node:test with the spec reporter for people and JUnit for machines.
import { mkdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

mkdirSync('reports', { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=junit',
    '--test-reporter-destination=reports/TEST-shop.xml',
    'test/shop.test.mjs',
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
