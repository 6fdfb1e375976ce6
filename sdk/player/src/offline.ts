import { PlayerApp } from './app';
import { embedded, embeddedAssets } from './embedded';
import { readOptions } from './options';

const root = document.getElementById('player');
const session = document.documentElement.dataset['session'];
if (root && session) {
  const options = readOptions(location.search);
  const places = { request: embedded(document), assets: embeddedAssets(document) };
  void new PlayerApp(root, { ...options, sessionId: session }, places).open();
}
