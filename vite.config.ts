import react from '@vitejs/plugin-react';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, Plugin } from 'vite';
import { defineConfig, runnerImport } from 'vite';

const root = import.meta.dirname;
const offlineWorker = 'client/overview/offline-worker.ts';
const clientFolder = join(root, 'dist/client');
const pageFolder = join(root, 'dist/public-page');

/** `vite build` makes both: the client in dist/client, then in dist/public-page the server's renderer of the public programme. */
export default defineConfig({
  root: join(root, 'client'),
  plugins: [contractsWithoutSchemas(), react(), fontPreloads(), publicPageAssets(), offlineFiles()],
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
            'offline-worker': join(root, offlineWorker),
          },
          output: {
            // A worker's address must stay, and reach from the root.
            entryFileNames: ({ name }) =>
              name === 'offline-worker' ? '[name].js' : 'assets/[name]-[hash].js',
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
      await builder.build(builder.environments['client']!);
      await builder.build(builder.environments['ssr']!);
    },
  },
  server: { proxy: { '^/(?:api|calendar)/|^/c/[^/]+(?:/.+\\.ics)?$': 'http://localhost:3000' } },
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

/** Text is shown in its own typeface as soon as there is any; the script that brings the text goes before it on a slow network. */
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
          attrs: {
            rel: 'preload',
            as: 'font',
            type: 'font/woff2',
            href,
            crossorigin: true,
            fetchpriority: 'low',
          },
        })),
    },
  };
}

function fontsOf(files: readonly string[]): string[] {
  return files.filter((file) => file.endsWith('.woff2')).map((file) => `/${file}`);
}

/** Tells the worker which files my day is made of, also those that are fetched when they are needed. */
function offlineFiles(): Plugin {
  const ofMyDay = /client\/(?:registration|calendars|overview\/(?:my-day|day-of))[^?]*$/u;
  return {
    name: 'offline-files',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    // After Vite has taken away the chunks that held nothing but styles.
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const all = Object.values(bundle);
        const chunks = new Map(all.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
        const worker = chunks.get('offline-worker.js');
        if (!worker) throw new Error('the offline worker is not in the build');
        const files = new Set(all.map(({ fileName }) => fileName).filter((file) => file.endsWith('.woff2')));
        const visit = (name: string): void => {
          const chunk = chunks.get(name);
          if (!chunk || files.has(name)) return;
          files.add(name);
          for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
          const lazy = chunk.dynamicImports.filter((next) =>
            ofMyDay.test(chunks.get(next)?.facadeModuleId ?? ''),
          );
          for (const next of [...chunk.imports, ...lazy]) visit(next);
        };
        for (const { fileName, name, isEntry } of chunks.values())
          if (isEntry && name === 'app') visit(fileName);
        const list = [...files].sort().map((file) => `/${file}`);
        const version = createHash('sha256').update(list.join()).digest('hex').slice(0, 12);
        worker.code = worker.code
          .replaceAll('offlineFiles', JSON.stringify(list))
          .replaceAll('offlineVersion', JSON.stringify(version));
      },
    },
  };
}

const assetsModule = 'virtual:public-page-assets';

/** Tells the renderer of the public page which files of the client's build that page loads. */
function publicPageAssets(): Plugin {
  const entryName = 'overview/public-live.ts';
  return {
    name: 'public-page-assets',
    apply: 'build',
    resolveId: (id) => (id === assetsModule ? `\0${assetsModule}` : null),
    load(id) {
      if (id !== `\0${assetsModule}`) return null;
      const manifest = JSON.parse(
        readFileSync(join(clientFolder, '.vite/manifest.json'), 'utf8'),
      ) as Manifest;
      const entry = manifest[entryName];
      if (!entry) throw new Error(`${entryName} is not in the manifest`);
      const styles = new Set<string>();
      const visit = (key: string): void => {
        for (const style of manifest[key]?.css ?? []) styles.add(`/${style}`);
        for (const next of manifest[key]?.imports ?? []) visit(next);
      };
      visit(entryName);
      const fonts = fontsOf(Object.values(manifest).map(({ file }) => file));
      return `export default ${JSON.stringify({ script: `/${entry.file}`, styles: [...styles], fonts })};`;
    },
  };
}
