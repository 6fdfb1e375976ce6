import { initRetrospec, type RetrospecClient, type RetrospecOptions } from '@retrospec/sdk';
import {
  inject,
  type App,
  type ComponentPublicInstance,
  type InjectionKey,
  type Plugin,
} from 'vue';

const CLIENT: InjectionKey<RetrospecClient> = Symbol('retrospec');

/** `Cart < Shop < App`: whose hook or handler failed, and where that stands. */
function componentsOf(instance: ComponentPublicInstance | null): string {
  const names: string[] = [];
  for (let at = instance; at && names.length < 8; at = at.$parent) {
    const { name, __name } = at.$options as { name?: string; __name?: string };
    names.push(name ?? __name ?? 'Anonymous');
  }
  return names.join(' < ');
}

/**
 * For `app.use(…)`: starts RetroSpec, gives it to every component and tells it of what fails in them.
 * An error handler that is set already is asked afterwards; without one the error is logged, as
 * without this plugin.
 */
export function createRetrospec(from: RetrospecOptions | RetrospecClient): Plugin & {
  client: RetrospecClient;
} {
  const client = 'captureError' in from ? from : initRetrospec(from);
  return {
    client,
    install(app: App) {
      app.provide(CLIENT, client);
      const before = app.config.errorHandler;
      app.config.errorHandler = (error, instance, info) => {
        client.captureError(error, { components: componentsOf(instance), info });
        if (before) before(error, instance, info);
        else console.error(error);
      };
    },
  };
}

/** Within `setup`: the client of the plugin. */
export function useRetrospec(): RetrospecClient {
  const client = inject(CLIENT);
  if (!client) throw new Error('useRetrospec needs app.use(createRetrospec(…))');
  return client;
}
