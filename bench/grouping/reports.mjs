/*
 * Writes reports.jsonl: errors that people reported in public, as the SDK would tell them. The
 * address of the report stands beside each; who reported it does not. An extension's address and a
 * site's own name became <project>.example; names of calls and positions are those of the report.
 * Faults are what the maintainers took for one, or what is thrown at one place of the code.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HERE } from './build.mjs';
import { isHeldOut } from './chance.mjs';

const REACT = 'github.com/react/react/issues/';
const MAIN = 'https://devtools.example/build/main.js';
const BACKEND = 'https://devtools.example/build/react_devtools_backend.js';

const v8 = (file, frames) => frames.map((each) => {
  const [name, at] = each.includes(' ') ? [each.slice(0, each.lastIndexOf(' ')), each.slice(each.lastIndexOf(' ') + 1)] : ['', each];
  if (at === '-') return `    at ${name} (<anonymous>)`;
  return name ? `    at ${name} (${file}:${at})` : `    at ${file}:${at}`;
});
const gecko = (file, frames) => frames.map((each) => {
  const [name, at] = each.includes(' ') ? each.split(' ') : ['', each];
  return `${name}@${file}:${at}`;
});

const items = [];

function report(project, fault, source, type, message, frames = [], how = v8, file = MAIN, more = {}) {
  const lines = how(file, frames);
  const stack = lines.length ? [...(how === v8 ? [`${type}: ${message}`] : []), ...lines].join('\n') : undefined;
  items.push({
    project, fault, heldOut: isHeldOut(project, fault), kind: 'js_exception', subkind: 'uncaught',
    route: more.route ?? '/', label: `${type}: ${message}`,
    error: { type, message, ...(stack && { stack }), ...(more.cause && { cause: more.cause }) },
    source: `report: ${source}`,
  });
}

const devtools = (fault, number, message, frames, how = v8, file = MAIN) =>
  report('devtools', fault, REACT + number, 'Error', message, frames, how, file);
const devtoolsType = (fault, number, message, frames, file = MAIN) =>
  report('devtools', fault, REACT + number, 'TypeError', message, frames, v8, file);

// The store of React's developer tools: five checks in one function, many releases, all minified otherwise.
const added = (id) => `Cannot add node "${id}" because a node with that id is already in the Store.`;
devtools('add-node', 27547, added(1), ['1:1186277', 'C.emit 1:1143218', '1:1144967', 'bridgeListener 1:1599236']);
devtools('add-node', 25858, added(1), ['27865:41', 'bridge_Bridge.emit 25895:22', '26064:14', 'listener 56299:39']);
devtools('add-node', 29904, added(1), ['emit 1:1091557', 'A/this._wallUnlisten< 1:1093245', 'bridgeListener 1:1498935'], gecko);
devtools('add-node', 27902, added(20), ['1:1128815', 'C.emit 1:1099142', '1:1100830', 'bridgeListener 1:1501170']);
devtools('add-node', 26565, added(108084), ['28167:41', 'bridge_Bridge.emit 26196:22', '26365:14', 'listener 56618:39']);
devtools('add-node', 29604, added(1), ['1:1166900', 'v.emit 1:1136356', '1:1138044', 'bridgeListener 1:1545432']);
const removed = (id) => `Cannot remove node "${id}" because no matching node was found in the Store.`;
devtools('remove-node', 26895, removed(103), ['emit 27059:22', 'bridge_Bridge/this._wallUnlisten< 27228:14', 'listener 57497:41'], gecko);
devtools('remove-node', 24687, removed(1168), ['26516:43', 'bridge_Bridge.emit 24434:22', '24603:14', 'listener 54566:39']);
devtools('remove-node', 32964, removed(107), ['1:1193929', 'v.emit 1:1160378', '1:1161985', 'bridgeListener 1:1572692']);
devtools('remove-node', 21563, removed(96), ['21178:43', 'bridge_Bridge.emit 19286:22', '19446:12', 'listener 37413:39']);
devtools('remove-node', 31259, removed(820), ['1:1173591', 'v.emit 1:1141200', '1:1142807', 'bridgeListener 1:1552441']);
const reordered = (id) => `Cannot reorder children for node "${id}" because no matching node was found in the Store.`;
devtools('reorder-children', 32196, reordered(0), ['1:1175534', 'v.emit 1:1140783', '1:1142390', 'bridgeListener 1:1552529']);
devtools('reorder-children', 37007, reordered(2547), ['1:728305', 'p.emit 1:680330', '1:682241', 'bridgeListener 1:1189368']);
devtools('reorder-children', 37319, reordered(2994), ['1:728305', 'p.emit 1:680330', '1:682241', 'bridgeListener 1:1189368']);
const orphaned = (child, parent) => `Cannot add child "${child}" to parent "${parent}" because parent node was not found in the Store.`;
devtools('add-child', 34600, orphaned(43538, 35533), ['1:1237326', 'v.emit 1:1203447', '1:1205054', 'bridgeListener 1:1620565']);
devtools('add-child', 21786, orphaned(11802, 11726), ['21126:43', 'bridge_Bridge.emit 19286:22', '19446:12', 'listener 37413:39']);
devtools('add-child', 32118, orphaned(301, 155), ['1:1173126', 'v.emit 1:1140783', '1:1142390', 'bridgeListener 1:1552662']);
devtools('add-child', 23070, orphaned(34, 33), ['26248:43', 'bridge_Bridge.emit 24367:22', '24533:14', 'listener 53958:39']);
devtools('add-child', 36048, orphaned(3843, 316), ['1:725729', 'p.emit 1:680330', '1:682241', 'bridgeListener 1:1189368']);

// Its profiler. All of these the maintainers took for one (16446).
const noNode = (id) => `Could not find node with id "${id}" in commit tree`;
devtools('commit-tree-node', 17752, noNode(2456), ['40:159833', 'Map.forEach -', 'commitIndex 40:159779', 'e.getRankedChartData 40:160302', 'Sl 40:322998', 'ii 32:59363']);
devtools('commit-tree-node', 16636, noNode(3742), ['11:11442', 'Map.forEach -', 'commitIndex 11:11388', 'e.getRankedChartData 11:11921', 'xi 56:277807', 'Ha 43:55891']);
devtools('commit-tree-node', 17535, noNode(1758), ['40:157108', 'Map.forEach -', 'commitIndex 40:157054', 'e.getRankedChartData 40:157577', 'vl 40:314907', 'gi 32:59907']);
devtools('commit-tree-node', 17646, noNode(479), ['40:157108', 'Map.forEach -', 'commitIndex 40:157054', 'e.getRankedChartData 40:157577', 'vl 40:314907', 'gi 32:59907', 'el 32:68139']);
const noFiber = (id) => `Commit tree does not contain fiber ${id}. This is a bug in React DevTools.`;
devtools('commit-tree-fiber', 19107, noFiber(35), ['N 40:164902', 'I 40:163705', 'e.getCommitTree 40:166664', 'Ul 40:342328', 'gi 32:62450']);
devtools('commit-tree-fiber', 19361, noFiber(2826), ['N 40:167176', 'T 40:166123', 'e.getCommitTree 40:168938', 'Wl 40:346620', 'oi 32:60964']);
devtools('commit-tree-fiber', 21799, noFiber('"266"'), ['updateTree 20110:21', 'getCommitTree 19976:20', 'ProfilingCache_ProfilingCache.getCommitTree 20483:11', 'CommitFlamegraphAutoSizer 35327:33', 'Oh 13163:7']);
devtools('commit-tree-fiber', 19929, noFiber(2420), ['updateTree 17854:21', 'getCommitTree 17717:25', 'ProfilingCache.getCommitTree 18265:14', 'CommitFlamegraphAutoSizer 31718:33', 'vh 11067:7']);
devtools('commit-tree-fiber', 20006, noFiber(13258), ['updateTree 17854:21', 'getCommitTree 17717:25', 'getCommitTree 17710:30', 'getCommitTree 17710:30', 'getCommitTree 17710:30', 'getCommitTree 17710:30']);
devtools('commit-tree-fiber', 20504, noFiber(19196), ['updateTree 19729:21', 'getCommitTree 19594:26', 'ProfilingCache_ProfilingCache.getCommitTree 20115:11', 'CommitFlamegraphAutoSizer 34161:33', 'Hh 12807:7']);
devtoolsType('concat-of-undefined', 21429, "Cannot read property 'concat' of undefined", ['updateTree 20403:53', 'getCommitTree 20295:26', 'ProfilingCache_ProfilingCache.getCommitTree 20803:11', 'CommitFlamegraphAutoSizer 35651:33', 'Qh 13178:7']);
devtoolsType('length-of-undefined', 19547, "Cannot read property 'length' of undefined", ['getChartData 18061:32', 'ProfilingCache.getFlamegraphChartData 18301:14', 'CommitFlamegraphAutoSizer 31722:32', 'vh 11067:7']);
devtoolsType('is-collapsed-of-undefined', 19410, "Cannot read property 'isCollapsed' of undefined", ['Store.getElementAtIndex 19359:35', 'Store.getElementIDAtIndex 19376:26', '26594:18', 'List.render 21229:18', 'li 11802:76']);
devtoolsType('is-collapsed-of-undefined', 21280, "Cannot read property 'isCollapsed' of undefined", ['store_Store.getElementAtIndex 22171:35', 'store_Store.getElementIDAtIndex 22187:26', '29770:63', 'List.render 23893:18', 'Ii 14002:76']);
const noId = (name) => `Could not find ID for Fiber "${name}"`;
const inspect = (...at) => ['getFiberIDThrows', 'fiberToSerializedElement', 'inspectElementRaw', 'Object.inspectElement', '', 'Bridge.emit'].map((name, n) => `${name} ${at[n]}`.trim());
devtools('fiber-id', 22970, noId('Component1'), inspect('6140:11', '7878:11', '8047:21', '8350:38', '10183:56', '4225:18'), v8, BACKEND);
devtools('fiber-id', 23225, noId('App'), inspect('6493:11', '8237:11', '8406:21', '8709:38', '10542:56', '4225:18'), v8, BACKEND);
devtools('fiber-id', 25497, noId('MiddleSectionContainer'), inspect('7007:11', '8765:11', '8934:21', '9237:38', '11584:56', '4192:18'), v8, BACKEND);
devtools('fiber-id', 23009, noId('Route'), inspect('5836:11', '7543:11', '7712:21', '8004:38', '9837:56', '4257:18'), v8, BACKEND);
// The same words, thrown for the overlay: another way there.
devtools('fiber-id-of-overlay', 22596, noId('Context.Provider'), ['getFiberIDThrows 5821:11', 'Object.getFiberIDForNative 7257:5', 'Overlay_Overlay.inspect 9158:7', 'showOverlay 9286:3', 'onPointerOver 9445:5'], v8, BACKEND);

// A diagram editor: page translation takes React's nodes away; two releases.
const child = "Failed to execute 'removeChild' on 'Node': The node to be removed is not a child of this node.";
const fossflow = (number, hash, frames) =>
  report('fossflow', 'removed-by-translation', `github.com/stan-smith/FossFLOW/issues/${number}`, 'NotFoundError', child, frames, v8, `https://fossflow.example/static/js/lib-react.${hash}.js`, { route: '/FossFLOW/' });
fossflow(226, 'a81858a2', ['uH 2:84943', 'uQ 2:86184', 'uq 2:86644', 'uQ 2:86334', 'uq 2:86447', 'uQ 2:86334']);
fossflow(167, '8528b984', ['uH 2:84976', 'uQ 2:86217', 'uq 2:86677', 'uQ 2:86367', 'uq 2:86677', 'uQ 2:86367']);
// An error page: the same library, two builds of it.
const ignition = (number, origin, frames) =>
  report('ignition', 'removed-by-translation', `github.com/spatie/ignition/issues/${number}`, 'NotFoundError', child, frames, v8, `https://ignition.example/${origin}`);
ignition(247, '', ['yl 143:141704', 'Xp 143:251719', 'Kp 143:252080', 'gh 143:267692', 'HTMLUnknownElement.v 143:103631', 'Object.Bn 143:103956']);
ignition(840, '', ['vl 90:141708', 'Xp 90:251723', 'qp 90:252084', 'gh 90:267696', 'HTMLUnknownElement.y 90:103635', 'Object.Hn 90:103960']);

// The browsers' own notice, in the words of each: noise, and one.
const notice = (source, message) => report('notices', 'resize-observer', source, 'Error', message);
notice('github.com/Akryum/vue-virtual-scroller/issues/516 (Chrome)', 'ResizeObserver loop limit exceeded');
notice('github.com/Akryum/vue-virtual-scroller/issues/516 (Firefox)', 'ResizeObserver loop completed with undelivered notifications.');
notice('github.com/microsoft/vscode/issues/135833 (Safari)', 'ResizeObserver loop completed with undelivered notifications.');
notice('github.com/Justineo/resize-detector/issues/8 (Chrome)', 'ResizeObserver loop limit exceeded');

// Chunks that are gone after a deploy, as webpack tells it: whatever chunk, the cure is one.
const chunk = (source, message) => report('notices', 'chunk-gone', source, 'ChunkLoadError', message, ['HTMLScriptElement.onScriptComplete 1:4312'], v8, 'https://notices.example/js/runtime.3f2a9c1b.js');
chunk('github.com/webpack/webpack/issues/14278', 'Loading chunk SimpleMainIndex failed.\n(error: https://notices.example/dist/js/SimpleMainIndex.a6c169c4.js)');
chunk('github.com/webpack/webpack/issues/14278', 'Loading chunk SimpleMainIndex failed.\n(missing: https://notices.example/dist/js/SimpleMainIndex.a6c169c4.js)');
chunk('github.com/webpack/webpack/issues/14278', 'Loading chunk SimpleMainIndex failed.\n(timeout: https://notices.example/dist/js/SimpleMainIndex.77ab19ee.js)');
chunk('github.com/webpack/webpack/issues/7502', 'Loading chunk 4 failed.\n(error: https://notices.example/dist/js/4.90c2f0de.js)');

// Hydration that failed, minified: 423 is what React says next of the same failure.
const hydration = (number, source, frames, file) =>
  report('hydrated', 'hydration-failed', source, 'Error', `Minified React error #${number}; visit https://reactjs.org/docs/error-decoder.html?invariant=${number} for the full message or use the non-minified dev environment for full errors and additional helpful warnings.`, frames, v8, file);
const ultra = 'github.com/exhibitionist-digital/ultra/issues/130';
hydration(418, ultra, ['kh 7:11406', 'Uk 9:46863', 'Tk 9:40832', 'Sk 9:40741', 'Hk 9:40590', 'Fk 9:35569'], 'https://hydrated.example/react-dom.js');
hydration(423, ultra, ['Uk 9:46863', 'Tk 9:40832', 'Sk 9:40741', 'Hk 9:40590', 'Fk 9:35569'], 'https://hydrated.example/react-dom.js');

// Angular's check that nothing changes while it looks: one place that throws, bindings that differ.
const changed = (fault, source, was, is, frames, template) =>
  report('checked', fault, source, 'Error', `ExpressionChangedAfterItHasBeenCheckedError: Expression has changed after it was checked. Previous value: '${was}'. Current value: '${is}'.`,
    [...frames.slice(0, 4), `Object.eval [as updateDirectives] ${template}`, ...frames.slice(4)].map((each) => each), v8, 'https://checked.example/core.js');
const core = ['viewDebugError 20342:5', 'expressionChangedAfterItHasBeenCheckedError 20330:5', 'checkBindingNoChanges 20432:5', 'checkNoChangesNodeInline 23307:5', 'checkNoChangesNode 23292:5'];
changed('checked-in-run', 'github.com/catalogicsoftware/ngx-dynamic-dashboard-framework/issues/22', 'inRun: false', 'inRun: true', core, '4:9');
changed('checked-in-run', 'github.com/catalogicsoftware/ngx-dynamic-dashboard-framework/issues/22', 'inRun: true', 'inRun: false', core, '4:9');

await writeFile(join(HERE, '../src/main/resources/grouping/reports.jsonl'), items.map((item) => JSON.stringify(item)).join('\n') + '\n');
console.log(`${items.length} reports of ${new Set(items.map((item) => item.project + item.fault)).size} faults`);
