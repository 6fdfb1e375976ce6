import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DISPLAY = process.env.GROUPING_DISPLAY ?? ':97';

const STARTS = {
  chromium: (profile, url) => [
    process.env.CHROMIUM ?? 'chromium',
    ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows', `--user-data-dir=${profile}`, url],
  ],
  firefox: (profile, url) => [process.env.FIREFOX ?? 'firefox-esr', ['--headless', '--no-remote', '--profile', profile, url]],
  webkit: (profile, url) => [
    process.env.MINIBROWSER ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    ['--private', url],
    { DISPLAY, HOME: profile, WEBKIT_DISABLE_COMPOSITING_MODE: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1' },
  ],
};

export const BROWSERS = Object.keys(STARTS);

function start(command, args, env = {}) {
  return spawn(command, args, { stdio: 'ignore', detached: true, env: { ...process.env, ...env } });
}

function end(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Opens the address in a fresh browser; answers what ends it. */
export async function open(browser, url) {
  const profile = await mkdtemp(join(tmpdir(), `grouping-${browser}-`));
  await writeFile(join(profile, 'user.js'), 'user_pref("browser.shell.checkDefaultBrowser", false);\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\nuser_pref("app.normandy.enabled", false);\n');
  const screen = browser === 'webkit' ? start('Xvfb', [DISPLAY, '-screen', '0', '800x600x24', '-nolisten', 'tcp']) : undefined;
  if (screen) await new Promise((resolve) => setTimeout(resolve, 1_500));
  const [command, args, env] = STARTS[browser](profile, url);
  const child = start(command, args, env);
  child.on('error', (error) => {
    console.error(`${browser}: ${error.message}`);
    process.exit(1);
  });
  return async () => {
    end(child);
    if (screen) end(screen);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  };
}
