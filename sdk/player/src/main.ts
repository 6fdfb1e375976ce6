import { PlayerApp } from './app';
import { readOptions } from './options';
import { publicApi, type RetrospecPlayer } from './publicApi';

declare global {
  interface Window {
    retrospecPlayer: RetrospecPlayer;
  }
}

const root = document.getElementById('player');
if (root) {
  const options = readOptions(location.search);
  if (options.theme) document.documentElement.dataset['theme'] = options.theme;
  const app = new PlayerApp(root, options);
  window.retrospecPlayer = publicApi(app, options);
  void app.open();
}
