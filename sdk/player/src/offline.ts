import { PlayerApp } from './app';
import { embedded } from './embedded';
import { readOptions } from './options';

const root = document.getElementById('player');
const session = document.documentElement.dataset['session'];
if (root && session) {
  const options = readOptions(location.search);
  void new PlayerApp(root, { ...options, sessionId: session }, embedded(document)).open();
}
