import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type BuildEnvironmentOptions, defineConfig } from 'vite';

const root = import.meta.dirname;
/** What stays outside the bundles: Electron's own module, native code, and programs found by their folder. */
const packages = ['electron', 'better-sqlite3', '@ffmpeg-installer/ffmpeg', 'fluent-ffmpeg'];
const outside = (id: string) => isBuiltin(id) || packages.some((name) => id === name || id.startsWith(`${name}/`));

const common: BuildEnvironmentOptions = { emptyOutDir: true, sourcemap: true, minify: false };

export default defineConfig({
  root: join(root, 'renderer'),
  base: '/',
  plugins: [react()],
  builder: {
    // One after the other takes as long as all at once: the bundler uses every core by itself.
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
  environments: {
    client: {
      build: {
        outDir: join(root, 'dist/renderer'),
        emptyOutDir: true,
        // The booth runs in the Chromium of Electron 45, or in one of its age.
        target: 'chrome140',
        // Fonts and sounds stay files: the content security policy then needs no data: for them.
        assetsInlineLimit: 0,
        rolldownOptions: { input: [join(root, 'renderer/index.html'), join(root, 'renderer/desk.html')] },
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, conditions: ['module', 'node', 'import', 'default'] },
      build: {
        ...common,
        outDir: join(root, 'dist/main'),
        target: 'node24',
        ssr: true,
        rolldownOptions: {
          platform: 'node',
          external: outside,
          input: {
            main: join(root, 'electron/main.ts'),
            serve: join(root, 'electron/serve.ts'),
            // Started by its name, beside whichever bundle starts it.
            'examine.worker': join(root, 'electron/studio/library/copies/examine.worker.ts'),
            'read-captions.worker': join(root, 'electron/studio/transcript/read-captions.worker.ts'),
          },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        ...common,
        outDir: join(root, 'dist/preload'),
        target: 'chrome140',
        ssr: true,
        rolldownOptions: {
          external: outside,
          input: { preload: join(root, 'electron/preload.ts') },
          // A sandboxed preload is one CommonJS file.
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
});
