import { run } from './cli';
import { terminalOf } from './terminal';

process.exitCode = await run(
  { env: process.env, directory: process.cwd(), terminal: terminalOf(process.env) },
  process.argv.slice(2),
);
