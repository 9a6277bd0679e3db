declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module '*.css';

/** Addresses of the files that the public page loads; the build fills them in. */
declare module 'virtual:public-page-assets' {
  const assets: {
    readonly script: string;
    readonly styles: readonly string[];
    readonly fonts: readonly string[];
  };
  export default assets;
}

interface ImportMeta {
  readonly env: { readonly PROD: boolean };
}
