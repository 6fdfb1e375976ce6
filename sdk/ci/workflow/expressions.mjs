// The part of GitHub's expression language that our workflows use: literals, contexts, == != && || !,
// always(), success(), failure(), cancelled(). What it does not know is an error, never a guess.

const TOKEN =
  /\s*(?:(?<string>'(?:[^']|'')*')|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_][\w-]*)|(?<sign>==|!=|&&|\|\||[!().[\]]))/y;

/** Evaluates `${{ … }}` within a text. */
export function interpolate(text, contexts) {
  return String(text).replace(/\$\{\{(.*?)\}\}/gs, (_, expression) =>
    asText(evaluate(expression, contexts)),
  );
}

/** Whether a step runs; without a status function `success()` is meant, as on GitHub. */
export function condition(expression, contexts) {
  const bare = String(expression ?? 'success()').replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1');
  const asks = /\b(always|success|failure|cancelled)\s*\(/.test(bare);
  return Boolean(evaluate(asks ? bare : `success() && (${bare})`, contexts));
}

export function evaluate(expression, contexts) {
  const tokens = tokensOf(expression);
  const value = either(tokens, contexts);
  if (tokens.length > 0) throw new Error(`not understood: ${expression}`);
  return value;
}

function tokensOf(expression) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  const text = expression.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`not understood: ${expression}`);
    tokens.push(match.groups);
  }
  return tokens;
}

function takes(tokens, sign) {
  if (tokens[0]?.sign !== sign) return false;
  tokens.shift();
  return true;
}

function either(tokens, contexts) {
  let value = both(tokens, contexts);
  while (takes(tokens, '||')) {
    const other = both(tokens, contexts);
    value = value || other;
  }
  return value;
}

function both(tokens, contexts) {
  let value = equality(tokens, contexts);
  while (takes(tokens, '&&')) {
    const other = equality(tokens, contexts);
    value = value && other;
  }
  return value;
}

function equality(tokens, contexts) {
  let value = single(tokens, contexts);
  for (;;) {
    if (takes(tokens, '==')) value = same(value, single(tokens, contexts));
    else if (takes(tokens, '!=')) value = !same(value, single(tokens, contexts));
    else return value;
  }
}

/** Strings are compared without regard to case, as GitHub does. */
function same(left, right) {
  return asText(left).toLowerCase() === asText(right).toLowerCase();
}

function single(tokens, contexts) {
  if (takes(tokens, '!')) return !single(tokens, contexts);
  if (takes(tokens, '(')) {
    const value = either(tokens, contexts);
    if (!takes(tokens, ')')) throw new Error('a ) is missing');
    return value;
  }
  const token = tokens.shift();
  if (token?.string !== undefined) return token.string.slice(1, -1).replaceAll("''", "'");
  if (token?.number !== undefined) return Number(token.number);
  if (token?.name === undefined) throw new Error('an expression ends too early');
  if (token.name === 'true' || token.name === 'false') return token.name === 'true';
  if (takes(tokens, '(')) {
    if (!takes(tokens, ')')) throw new Error(`${token.name}() is called with arguments`);
    return statusFunction(token.name, contexts.status);
  }
  return member(tokens, known(contexts, token.name));
}

function statusFunction(name, status) {
  if (name === 'always') return true;
  if (name === 'cancelled') return false;
  if (name === 'success' || name === 'failure') return status === name;
  throw new Error(`${name}() is not known here`);
}

function known(contexts, name) {
  if (!Object.hasOwn(contexts, name)) throw new Error(`the context ${name} is not known here`);
  return contexts[name];
}

/** What is not there is empty, as on GitHub. */
function member(tokens, start) {
  let value = start;
  while (takes(tokens, '.')) {
    const name = tokens.shift()?.name;
    if (name === undefined) throw new Error('a name is missing after .');
    value = value?.[name] ?? '';
  }
  return value;
}

function asText(value) {
  return value === undefined || value === null || value === false
    ? value === false
      ? 'false'
      : ''
    : String(value);
}
