// `npm ci` takes a while and deletes what works; so only when the lock file or a manifest changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.install-stamp`;

const { workspaces = [] } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const manifests = ['package-lock.json', 'package.json']
  .concat(workspaces.map((name) => `${name}/package.json`))
  .map((file) => `${root}${file}`)
  .filter((file) => existsSync(file));
const hash = createHash('sha256').update(
  `${process.version} ${process.platform} ${process.arch}\n`,
);
for (const file of manifests) hash.update(readFileSync(file));
const wanted = hash.digest('hex');

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
  console.log('node_modules is current');
} else {
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
  });
  writeFileSync(stamp, wanted);
}
