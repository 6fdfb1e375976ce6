import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { parse } from 'acorn';
import { HERE } from './build.mjs';

const PLACE = /https?:\/\/[^\s/]+\/(assets\/[^\s:?()]+\.js):(\d+):(\d+)/;
const parsed = new Map();
const traced = new Map();

/** The innermost function with a name around a place in a source, or `<anonymous>`. */
function functionAt(path, line, column) {
  if (!parsed.has(path)) parsed.set(path, read(path));
  const { offsets, functions } = parsed.get(path);
  const at = (offsets[line - 1] ?? 0) + column;
  let best;
  for (const each of functions) {
    if (each.start <= at && at < each.end && (!best || each.start >= best.start)) best = each;
  }
  return best?.name || '<anonymous>';
}

function read(path) {
  const offsets = [0];
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
    const functions = [];
    walk(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), undefined, functions);
    return { offsets, functions };
  } catch {
    return { offsets, functions: [] };
  }
}

function nameOf(node, className) {
  switch (node?.type) {
    case 'MethodDefinition':
      return node.kind === 'constructor' ? className : node.key.name;
    case 'PropertyDefinition':
    case 'Property':
      return node.key.name ?? String(node.key.value ?? '');
    case 'VariableDeclarator':
      return node.id.name;
    case 'AssignmentExpression':
      return node.left.property?.name ?? node.left.name;
    default:
      return undefined;
  }
}

function walk(node, parent, functions, className) {
  if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) {
    functions.push({ start: node.start, end: node.end, name: node.id?.name ?? nameOf(parent, className) });
  }
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child.type === 'string') walk(child, node, functions, /^Class(Declaration|Expression)$/.test(node.type) ? node.id?.name : className);
    }
  }
}

/** A stack of any engine after the source maps of its build, as V8 prints it; undefined if none helps. */
export function originalStack(stack, type, message, made) {
  const frames = [];
  let found = false;
  for (const line of stack.split('\n')) {
    const place = PLACE.exec(line);
    if (!place) continue;
    const source = sourceOf(made, place[1], Number(place[2]), Number(place[3]));
    if (source) {
      found = true;
      frames.push(`    at ${source.name} (${source.path}:${source.line}:${source.column + 1})`);
    } else {
      frames.push(`    at ${place[0]}`);
    }
  }
  return found ? [`${type}: ${message}`, ...frames].join('\n') : undefined;
}

function sourceOf(made, asset, line, column) {
  let at = { line, column: column - 1 };
  for (const map of made.maps.get(asset) ?? []) {
    if (!traced.has(map)) traced.set(map, new TraceMap(map));
    const next = originalPositionFor(traced.get(map), { line: at.line, column: at.column });
    if (next.line === null) return undefined;
    at = next;
  }
  if (!at.source) return undefined;
  const path = resolve(made.folder, dirname(asset), at.source);
  const packages = join(HERE, 'node_modules');
  const isPackage = path.startsWith(packages);
  return {
    name: functionAt(path, at.line, at.column),
    path: isPackage ? `node_modules/${relative(packages, path)}` : relative(made.folder, path),
    line: at.line,
    column: at.column,
  };
}
