import { existsSync } from 'node:fs';
import { defineConfig } from 'playwright/test';
import { deviceScaleFactor } from '../fixtures/pictures.ts';
import { long } from '../fixtures/runs.ts';

const sound = ['capture.spec.ts', 'portrait.spec.ts', 'preview.spec.ts'];
/** Real devices in real time, a sound server of their own: with the long tests, until they are known to be steady. */
const devices = ['microphones.spec.ts', 'desk-devices.spec.ts'];

/** An installed Chromium is taken where there is one; else the one Playwright knows. */
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

export default defineConfig({
  testDir: '.',
  globalSetup: './global-setup.ts',
  outputDir: '../../test-results',
  // A busy machine takes its time over the longest tours.
  timeout: 480_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: [['list']],
  projects: [
    // Sound is timed: one browser at a time has the machine. The screens come after it, two at a time, which keeps two
    // cores at work.
    {
      name: 'sound',
      testMatch: long ? [...sound, ...devices] : sound,
      workers: 1,
    },
    {
      name: 'screens',
      testIgnore: [...sound, ...devices],
      dependencies: ['sound'],
    },
  ],
  use: {
    // The desk's usual size; the list holds no more lines than it shows and a few beyond.
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor,
    actionTimeout: 20_000,
    launchOptions: {
      ...(installed === undefined ? {} : { executablePath: installed }),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
