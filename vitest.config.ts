import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Loading the real package would try to download its binary.
const electron = join(import.meta.dirname, 'tests/fixtures/no-electron.ts');

export default defineConfig({
  resolve: { alias: { electron } },
  test: {
    projects: [
      {
        extends: true,
        // Properties are tried a hundred times or more: a busy machine must not fail what is right.
        test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          // A hang ends here; no test's meaning is how long it takes. Twenty-five restarts take 90 s on two idle cores, and the
          // rig runs beside them.
          testTimeout: 300_000,
          hookTimeout: 180_000,
          // Most of a file's time is waiting, on ffmpeg or on a disk: two at a time keep two cores at work.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'rig',
          include: ['tests/rig/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
