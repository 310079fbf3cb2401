import { defineConfig } from 'playwright/test';

/** Real browser, real sound, one booth at a time: two would share the cores and neither would record in time. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
