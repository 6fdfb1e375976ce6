// What a recording is set to. rrweb hands each of its settings on from function to function; as only
// one recording runs at a time, those that differ stand once, where all of its functions see them,
// and what ours never sets otherwise is written in place.

/** Written in place. `times` says how often: the build fails when rrweb has more or less of it. */
const FIXED = [
  { find: /\bslimDOMOptions\.\w+ && /g, put: '', times: 10 },
  { find: / && slimDOMOptions\.headTitleMutations/g, put: '', times: 1 },
  { find: / && inlineStylesheet\b/g, put: '', times: 1 },
  { find: / && !(?:this\.)?keepIframeSrcFn\([\w.]+\)/g, put: '', times: 2 },
  { find: /^ +this\.canvasManager\.\w+\(\);\n/gm, put: '', times: 3 },
  { find: /this\.frozen \|\| /g, put: '', times: 1 },
  { find: / {4}fontObserver\(\);\n/g, put: '', times: 1 },
  { find: / {2}let fontObserver = \(\) => \{\n {2}\};\n/g, put: '', times: 1 },
  { find: /\bif \(o\.recordDOM\) \{/g, put: '{', times: 2 },
  { find: / {4}if \(!recordDOM\) \{\n {6}return;\n {4}\}\n/g, put: '', times: 1 },
  { find: /userTriggeredOnInput \? \{[^}]+\} : (\{[^}]+\})/g, put: '$1', times: 2 },
  { find: / +if \(ignoreCSSAttributes\.has\(property\)\) \{\n.+\n +\}\n/g, put: '', times: 2 },
  { find: /(?:this\.)?maskTextFn \? (.+?\)\)) : \w+\.replace\([^)]+\)/g, put: '$1', times: 2 },
  {
    find: / {4}if \(maskInputFn\) \{\n {6}(text = .+)\n {4}\} else \{\n.+\n {4}\}\n/g,
    put: '    $1\n',
    times: 1,
  },
  {
    find: / {4}if \(typeof (?:block|maskText)Class === "string"\) \{\n([^]+?)\n {4}\} else \{\n[^]+?\n {4}\}\n/g,
    put: '$1\n',
    times: 3,
  },
  { find: /`\.\$\{maskTextClass\}`/g, put: '".rr-mask"', times: 1 },
  { find: /"\." \+ blockClass/g, put: '".rs-block"', times: 1 },
  { find: /\.contains\(maskTextClass\)/g, put: '.contains("rr-mask")', times: 1 },
  { find: /\.contains\(blockClass\)/g, put: '.contains("rs-block")', times: 2 },
  { find: /\.contains\(ignoreClass\)/g, put: '.contains("rs-ignore")', times: 1 },
  { find: / {2}if \(sampling\.\w+ === false\) \{\n[^]+?\n {2}\}\n/g, put: '', times: 2 },
  { find: /typeof sampling\.mousemove === "number" \? (\S+) : 50/g, put: '$1', times: 1 },
  { find: /typeof sampling\.mousemoveCallback === "number" \? \S+ : 500/g, put: '500', times: 1 },
  { find: / && disableMap\[key\] !== false/g, put: '', times: 1 },
  { find: / {2}const disableMap = .+\n/g, put: '', times: 1 },
  { find: /sampling\.input === "last" \? \["change"\] : /g, put: '', times: 1 },
  { find: /this\.bypassOptions\.stylesheetManager/g, put: 'stylesheetManager', times: 2 },
  { find: /const (?=\w+Manager = new )/g, put: '', times: 4 },
  { find: / {6}slimDOM: .+\n/g, put: '', times: 1 },
  { find: / {6}maskAllInputs: .+\n/g, put: '', times: 1 },
  { find: / {12}if \(recordAfter === "load"\) .+\n/g, put: '', times: 1 },
  { find: /if \(recordAfter === "DOMContentLoaded"\) /g, put: '', times: 1 },
  { find: /\},\n {8}hooks\n/g, put: '}\n', times: 1 },
  { find: /, hooks = \{\}/g, put: '', times: 1 },
  // Every page has it since long.
  {
    find: /win\.page(X|Y)Offset !== void 0 \? win\.page\wOffset : .+/g,
    put: 'win.page$1Offset,',
    times: 2,
  },
];

/** Nobody asks for them any more: they are not handed on either. */
const UNUSED = [
  'blockClass',
  'canvasManager',
  'collectFonts',
  'dataURLOptions',
  'ignoreCSSAttributes',
  'ignoreClass',
  'inlineImages',
  'inlineStylesheet',
  'keepIframeSrcFn',
  'maskTextClass',
  'recordCanvas',
  'recordCrossOriginIframes',
  'recordDOM',
  'slimDOMOptions',
  'userTriggeredOnInput',
];

/** They differ from recording to recording. */
const SHARED = [
  'blockSelector',
  'ignoreSelector',
  'maskInputFn',
  'maskInputOptions',
  'maskTextFn',
  'maskTextSelector',
  'sampling',
];

/** Each recording makes its own. */
const MANAGERS = ['iframeManager', 'processedNodeManager', 'shadowDomManager', 'stylesheetManager'];

/** Whatever hands one of these on, in one of the forms that rrweb has for it. */
function handedOn(name) {
  return [
    // A line of its own, in a list of fields or arguments.
    new RegExp(
      `^ +(?:this\\.)?"?${name}"?(?:: (?:this\\.)?\\w+)?(?: = [^;\\n]*[^({;\\n])?,?\\n`,
      'gm',
    ),
    new RegExp(`^ +__publicField\\(this, "${name}"\\);\\n`, 'gm'),
    new RegExp(`^ +this\\.${name} = options\\.${name};\\n`, 'gm'),
    // Among others in one line.
    new RegExp(`, (?:this\\.)?${name}(?:: mirror2)?(?=[,)]| \\})`, 'g'),
  ];
}

/** How often something is handed on that need not be. */
const HANDED_ON = 353;

export function settled(source) {
  let text = source;
  for (const { find, put, times } of FIXED) {
    const found = text.match(find)?.length ?? 0;
    if (found !== times) throw new Error(`rrweb has changed: ${find} stands there ${found} times`);
    text = text.replace(find, put);
  }
  let count = 0;
  for (const name of [...UNUSED, ...SHARED, ...MANAGERS, 'mirror', 'mirror2']) {
    for (const form of handedOn(name)) {
      count += text.match(form)?.length ?? 0;
      text = text.replace(form, '');
    }
    text = text.replace(new RegExp(`\\bthis\\.${name}\\b`, 'g'), name);
  }
  text = text.replace(/\bmirror2\b/g, 'mirror');
  if (count !== HANDED_ON) throw new Error(`rrweb has changed: ${count} are handed on`);
  return `let ${[...SHARED, ...MANAGERS].join(', ')};
const adoptSettings = (options) => {
  ({ ${SHARED.join(', ')} } = options);
};
${text}`;
}
