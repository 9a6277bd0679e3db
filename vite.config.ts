import react from '@vitejs/plugin-react';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, Plugin } from 'vite';
import { defineConfig, runnerImport } from 'vite';

const root = import.meta.dirname;
const clientFolder = join(root, 'dist/client');
const pageFolder = join(root, 'dist/public-page');

/**
 * `vite build` makes both: the client in dist/client, and in dist/public-page the server's renderer of the public programme
 * with assets.json, the addresses of what that page needs.
 */
export default defineConfig({
  root: join(root, 'client'),
  plugins: [contractsWithoutSchemas(), react(), fontPreloads(), publicPageAssets()],
  build: {
    target: 'es2022',
    // The content-security policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
  },
  environments: {
    client: {
      build: {
        outDir: clientFolder,
        emptyOutDir: true,
        rolldownOptions: {
          input: {
            app: join(root, 'client/index.html'),
            'public-programme': join(root, 'client/overview/public-live.ts'),
          },
        },
      },
    },
    ssr: {
      build: {
        outDir: pageFolder,
        emptyOutDir: true,
        manifest: false,
        copyPublicDir: false,
        rolldownOptions: { input: join(root, 'client/entry-server.tsx') },
      },
      resolve: { noExternal: [/.*/u] },
    },
  },
  builder: {
    buildApp: async (builder) => {
      await builder.build(builder.environments['ssr']!);
      await builder.build(builder.environments['client']!);
    },
  },
  server: { proxy: { '/api': 'http://localhost:3000', '/calendar': 'http://localhost:3000' } },
});

/** The browser needs method and path of an endpoint, not its schemas: contracts reach it without zod. */
function contractsWithoutSchemas(): Plugin {
  return {
    name: 'contracts-without-schemas',
    enforce: 'pre',
    async load(id) {
      if (!/[/\\]shared[/\\][a-z]+[/\\]contract\.ts$/u.test(id)) return null;
      const { module } = await runnerImport<Record<string, unknown>>(id, {
        configFile: false,
        logLevel: 'error',
      });
      const lines = Object.entries(module).flatMap(([name, value]) =>
        isEndpoint(value)
          ? `export const ${name} = ${JSON.stringify({ method: value.method, path: value.path })};`
          : [],
      );
      return lines.join('\n');
    },
  };
}

function isEndpoint(value: unknown): value is { method: string; path: string } {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}

/** Text is shown in its own typeface from the first paint on. */
function fontPreloads(): Plugin {
  return {
    name: 'font-preloads',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        fontsOf(Object.keys(bundle ?? {})).map((href) => ({
          tag: 'link',
          injectTo: 'head-prepend',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href, crossorigin: true },
        })),
    },
  };
}

function fontsOf(files: readonly string[]): string[] {
  return files.filter((file) => file.endsWith('.woff2')).map((file) => `/${file}`);
}

/** Tells the server's renderer which files its page loads. */
function publicPageAssets(): Plugin {
  return {
    name: 'public-page-assets',
    apply: 'build',
    writeBundle(_options, bundle) {
      if (this.environment.name !== 'client' || !existsSync(pageFolder)) return;
      const manifest = JSON.parse(
        readFileSync(join(clientFolder, '.vite/manifest.json'), 'utf8'),
      ) as Manifest;
      const entry = manifest['overview/public-live.ts'];
      if (!entry) throw new Error('the public page has no entry in the manifest');
      const styles = new Set<string>();
      const visit = (key: string): void => {
        for (const style of manifest[key]?.css ?? []) styles.add(`/${style}`);
        for (const next of manifest[key]?.imports ?? []) visit(next);
      };
      visit('overview/public-live.ts');
      const assets = { script: `/${entry.file}`, styles: [...styles], fonts: fontsOf(Object.keys(bundle)) };
      writeFileSync(join(pageFolder, 'assets.json'), `${JSON.stringify(assets, null, 2)}\n`);
    },
  };
}
