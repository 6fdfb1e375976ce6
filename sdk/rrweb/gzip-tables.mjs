// fflate makes its tables while it is loaded: 32,768 turns on every page, for the moment when one is
// left with something unsent. Ours are made when they are asked for.
export const GZIP_TABLES = [
  {
    why: 'Tables that the first call fills.',
    from: `var _a = freb(fleb, 2), fl = _a.b, revfl = _a.r;`,
    to: `// map of value to reverse`,
    put: `var revfl, revfd, rev, flm, fdm, flt = new u8(288), fdt = new u8(32);
var makeTables = function () {
    revfl = freb(fleb, 2).r, revfl[258] = 28;
    revfd = freb(fdeb, 0).r;
`,
  },
  {
    why: 'The same.',
    from: `var rev = new u16(32768);`,
    to: `for (var i = 0; i < 32768; ++i) {`,
    put: `rev = new u16(32768);
`,
  },
  {
    why: 'The same: the end of what the call does before there are codes.',
    from: `// create huffman tree from u8 "map"`,
    to: `var hMap = (function (cd, mb, r) {`,
    put: `flt.fill(8).fill(9, 144, 256).fill(7, 256, 280);
    fdt.fill(5);
    flm = hMap(flt, 9, 0);
    fdm = hMap(fdt, 5, 0);
};
`,
  },
  {
    why: 'The same. Those for reading gzip are left out: the SDK reads none.',
    from: `// fixed length tree
var flt`,
    to: `// find max of array`,
  },
  {
    why: 'The first call.',
    from: `export function gzipSync(data, opts) {`,
    to: `    if (!opts)`,
    put: `export function gzipSync(data, opts) {
    if (!rev) makeTables();
`,
  },
];
