/** Reads GITHUB_OUTPUT and GITHUB_ENV files: `name=value`, or `name<<END` up to a line `END`. */
export function readOutputs(text) {
  const values = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name, sign, rest] = /^([^=<]+?)(=|<<)(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (sign === '=') {
      values[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest);
    if (end < 0) throw new Error(`the value of ${name} does not end`);
    values[name] = lines
      .splice(0, end + 1)
      .slice(0, end)
      .join('\n');
  }
  return values;
}
