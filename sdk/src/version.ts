declare const __RETROSPEC_VERSION__: string | undefined;

/** The build puts the package's version in; sources run directly call themselves `dev`. */
export const SDK_VERSION =
  typeof __RETROSPEC_VERSION__ === 'string' ? __RETROSPEC_VERSION__ : 'dev';
