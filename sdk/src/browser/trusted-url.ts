interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/**
 * Gives addresses of scripts the seal that pages with `require-trusted-types-for 'script'` ask for.
 * Where the page's policy does not know the name, they stay as they are, and the browser refuses.
 *
 * @param name what `trusted-types` in the page's policy has to allow, once for each of our files
 */
export function createUrlSeal(name: string): (url: string) => string {
  let seal: ((url: string) => string) | undefined;

  function find(): (url: string) => string {
    try {
      const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
      const policy = trustedTypes?.createPolicy(name, { createScriptURL: (url) => url });
      if (policy) return (url) => policy.createScriptURL(url) as string;
    } catch {
      // Refused, which the browser has reported.
    }
    return (url) => url;
  }

  return (url) => (seal ??= find())(url);
}
