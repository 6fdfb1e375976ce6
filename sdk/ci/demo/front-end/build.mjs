// Copies the pages and scripts into dist/, each script checked for syntax on the way.
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
for (const name of readdirSync('src').filter((it) => it.endsWith('.js'))) {
  execFileSync(process.execPath, ['--check', `src/${name}`], { stdio: 'inherit' });
}
cpSync('src', 'dist', { recursive: true });
console.log(`built ${readdirSync('dist').length} files`);
