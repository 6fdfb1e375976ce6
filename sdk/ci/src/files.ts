import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Dependencies bring reports of their own. */
const NEVER_ENTERED = new Set(['node_modules', '.git']);

/**
 * Files that fit one of the patterns (`*`, `**`, `?`), sorted. Links to folders are not followed.
 *
 * @param base what relative patterns are relative to
 */
export async function filesOf(base: string, patterns: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const parts = pattern.split(/[\\/]/);
    const wild = parts.findIndex((part) => /[*?]/.test(part));
    if (wild < 0) {
      found.add(join(absolute(pattern) ? '' : base, pattern));
      continue;
    }
    const fixed = parts.slice(0, wild).join(sep) || (absolute(pattern) ? sep : '');
    const root = absolute(pattern) ? fixed : join(base, fixed);
    const fits = expressionOf(parts.slice(wild).join('/'));
    for (const path of await walk(root, '')) {
      if (fits.test(path)) found.add(join(root, path));
    }
  }
  return [...found].sort();
}

function absolute(pattern: string): boolean {
  return /^([\\/]|[A-Za-z]:)/.test(pattern);
}

async function walk(root: string, folder: string): Promise<string[]> {
  const children = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const paths: string[] = [];
  for (const child of children) {
    const path = folder ? `${folder}/${child.name}` : child.name;
    if (child.isDirectory() && !NEVER_ENTERED.has(child.name))
      paths.push(...(await walk(root, path)));
    else if (child.isFile()) paths.push(path);
  }
  return paths;
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (wild) => {
      if (wild === '**/') return '(?:[^/]+/)*';
      if (wild === '**') return '.*';
      return wild === '*' ? '[^/]*' : '[^/]';
    });
  return new RegExp(`^${source}$`);
}
