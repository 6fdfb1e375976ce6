import { chromium } from 'playwright-core';
import { writeFileSync } from 'node:fs';
import { measure } from './measure.mjs';
import { buildRecorders } from './recorders.mjs';
import { startSite } from './site.mjs';
await buildRecorders();
const site = await startSite();
const browser = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--js-flags=--expose-gc']});
let n=0; const orig = browser.newContext.bind(browser);
browser.newContext = async (o)=>{const c=await orig(o); c.on('request', r=>{ if(r.method()==='POST' && r.url().includes('/chunks/')) { const b=r.postDataBuffer(); if(b) writeFileSync('/tmp/wire/'+String(n++).padStart(2,'0')+'.bin', b); } }); return c;};
for (const recorder of ['none','RetroSpec','rrweb + gzip'])
 { const r = await measure(browser, site, {page: process.argv[2]??'typical', recorder, seconds:40}); console.log(recorder, r.taskSeconds, r.scriptSeconds, r.wirePerMinute/1000); }
await browser.close(); site.close();
