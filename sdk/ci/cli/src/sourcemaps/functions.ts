import { encode } from '@jridgewell/sourcemap-codec';
import { originalPositionFor, sourceContentFor, type TraceMap } from '@jridgewell/trace-mapping';
import { parse, type Node, type Position } from 'acorn';
import { traced, type MapFile } from './map-file';

/** What acorn gives, as far as it is asked here. */
type Syntax = Node & Record<string, unknown>;

interface Waiting {
  node: Syntax;
  /** What a function at this place is called. */
  name: string | undefined;
  className: string | undefined;
}

/** What the script was made of. */
interface Original {
  map: TraceMap;
  /** One-based; undefined where the source is not at hand. */
  lineOf: (source: string, line: number) => string | undefined;
}

interface Range {
  start: Position;
  end: Position;
  name: string | undefined;
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const KEYWORDS =
  /^(?:async|class|const|constructor|default|export|function|get|let|new|return|set|static|var)$/;

/**
 * The map with what it lacks to name a stack's functions: which original function each part of the
 * script is, as `x_retrospec_functions` (groups of five numbers: line since the group before, column,
 * lines to the end, column of the end, index of the name + 1 or 0). Unchanged where the script cannot
 * be read. ECMA-426's scopes will say the same one day.
 */
export function withFunctions(code: string, map: MapFile): MapFile {
  let ranges: Range[];
  try {
    ranges = rangesOf(code, originalOf(traced(map)));
  } catch {
    return map;
  }
  const names = [...map.names];
  const indexes = new Map(names.map((name, index) => [name, index]));
  let line = 1;
  const groups = ranges.map(({ start, end, name }) => {
    let index = -1;
    if (name !== undefined) {
      index = indexes.get(name) ?? names.push(name) - 1;
      indexes.set(name, index);
    }
    const group = [start.line - line, start.column, end.line - start.line, end.column, index + 1];
    line = start.line;
    return group.map(vlq).join('');
  });
  return { ...map, names, x_retrospec_functions: groups.join(',') };
}

/** One number: a segment of one number, on a line of its own. */
function vlq(value: number): string {
  return encode([[[value]]]);
}

function originalOf(map: TraceMap): Original {
  const sources = new Map<string, string[]>();
  return {
    map,
    lineOf: (source, line) => {
      let lines = sources.get(source);
      if (!lines) sources.set(source, (lines = sourceContentFor(map, source)?.split('\n') ?? []));
      return lines[line - 1];
    },
  };
}

function rangesOf(code: string, original: Original): Range[] {
  const found: Range[] = [];
  // An own stack of work: minified code nests deeper than the call stack.
  const waiting: Waiting[] = [{ node: syntaxOf(code), name: undefined, className: undefined }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, className } = next;
    if (node.type.includes('Function')) {
      const own = isSyntax(node.id) ? nameAt(node.id, original) : undefined;
      found.push({ start: at(node).start, end: at(node).end, name: own ?? next.name });
    }
    const inside = /^Class(?:Declaration|Expression)$/.test(node.type)
      ? ((isSyntax(node.id) ? nameAt(node.id, original) : undefined) ?? next.name)
      : className;
    for (const [key, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (!isSyntax(child)) continue;
        waiting.push({
          node: child,
          name: nameFor(node, key, inside, original),
          className: inside,
        });
      }
    }
  }
  return found.sort(
    (a, b) =>
      a.start.line - b.start.line || a.start.column - b.start.column || b.end.line - a.end.line,
  );
}

function syntaxOf(code: string): Syntax {
  const options = { ecmaVersion: 'latest', locations: true, allowHashBang: true } as const;
  try {
    return parse(code, { ...options, sourceType: 'module' }) as unknown as Syntax;
  } catch {
    return parse(code, { ...options, sourceType: 'script' }) as unknown as Syntax;
  }
}

/** As the language names an anonymous function: by what it is given to. */
function nameFor(
  parent: Syntax,
  key: string,
  className: string | undefined,
  original: Original,
): string | undefined {
  const target: unknown =
    parent.type === 'VariableDeclarator' && key === 'init'
      ? parent.id
      : (parent.type === 'AssignmentExpression' || parent.type === 'AssignmentPattern') &&
          key === 'right'
        ? parent.left
        : /^(?:Property|MethodDefinition|PropertyDefinition)$/.test(parent.type) &&
            key === 'value' &&
            parent.computed !== true
          ? parent.key
          : undefined;
  if (!isSyntax(target)) return undefined;
  const isMember = parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition';
  if (isMember && parent.kind === 'constructor') {
    return className === undefined ? undefined : `new ${className}`;
  }
  const name = nameAt(target, original);
  return isMember && className !== undefined && name !== undefined ? `${className}.${name}` : name;
}

function nameAt(target: Syntax, original: Original): string | undefined {
  if (target.type === 'MemberExpression') {
    return isSyntax(target.property) && target.computed !== true
      ? (originalName(target.property, original) ?? textOf(target.property))
      : undefined;
  }
  const text = textOf(target);
  if (text === undefined) return undefined;
  // A minifier renames variables to letters; what it leaves is long, or a property.
  return originalName(target, original) ?? (text.length > 2 ? text : undefined);
}

function textOf(node: Syntax): string | undefined {
  if (node.type === 'Identifier') return String(node.name);
  if (node.type === 'PrivateIdentifier') return `#${String(node.name)}`;
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** What the map calls it, or what stands at its place in the source. */
function originalName(node: Syntax, { map, lineOf }: Original): string | undefined {
  const { line, column } = at(node).start;
  const place = originalPositionFor(map, { line, column });
  if (place.source === null) return undefined;
  const previous = column > 0 ? originalPositionFor(map, { line, column: column - 1 }) : undefined;
  // The mapping of what stands before it would name that.
  const isOwn =
    previous?.source !== place.source ||
    previous.line !== place.line ||
    previous.column !== place.column;
  if (!isOwn) return undefined;
  if (place.name !== null) return place.name;
  const source = lineOf(place.source, place.line);
  if (source === undefined) return undefined;
  WORD.lastIndex = place.column;
  const word = WORD.exec(source)?.[0];
  return word === undefined || KEYWORDS.test(word) ? undefined : word;
}

function isSyntax(value: unknown): value is Syntax {
  return typeof (value as Partial<Syntax> | null | undefined)?.type === 'string';
}

function at(node: Syntax): { start: Position; end: Position } {
  return node.loc as unknown as { start: Position; end: Position };
}
