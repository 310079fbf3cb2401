import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Names under which a Chromium stands on the path, the free ones first. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];
const applications: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Path of an installed Chromium or kin, `PHONOMATON_CHROMIUM` before all others, or null. */
export function findChromium(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  exists: (path: string) => boolean = existsSync,
): string | null {
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    environment.PHONOMATON_CHROMIUM,
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(applications[platform] ?? []),
  ];
  return candidates.find((path) => path && exists(path)) ?? null;
}

/** Whether a window can be opened at all. */
export function hasDisplay(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

export interface WindowOptions {
  url: string;
  /** Folder of the browser's own profile, apart from anybody's. */
  profile: string;
  kiosk: boolean;
  /** A root user's Chromium starts only without its sandbox. */
  asRoot: boolean;
}

/** Command line of a booth or desk window: full screen, no first-run pages, no traffic but the booth's own. */
export function chromiumArguments({ url, profile, kiosk, asRoot }: WindowOptions): string[] {
  return [
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--autoplay-policy=no-user-gesture-required',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-domain-reliability',
    '--disable-breakpad',
    '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication',
    '--hide-crash-restore-bubble',
    '--noerrdialogs',
    // No question for a key ring's password: nothing is stored in this profile.
    '--password-store=basic',
    ...(kiosk ? ['--kiosk', '--disable-pinch', '--overscroll-history-navigation=0'] : []),
    ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
    `--app=${url}`,
  ];
}

/**
 * Prepares a profile in which this one origin, and no other, may use the microphone without asking: a visitor could
 * not answer the browser's question. Everything else that a page can ask for is refused. What the browser itself
 * stored in the profile stays.
 */
export function prepareProfile(profile: string, origin: string): void {
  const file = join(profile, 'Default', 'Preferences');
  mkdirSync(join(profile, 'Default'), { recursive: true, mode: 0o700 });
  const stored = asObject(existsSync(file) ? parse(readFileSync(file, 'utf8')) : null);
  const own = asObject(stored.profile);
  stored.profile = {
    ...own,
    exit_type: 'Normal',
    exited_cleanly: true,
    default_content_setting_values: { notifications: 2, geolocation: 2, media_stream_camera: 2, popups: 2, sensors: 2 },
    content_settings: { exceptions: { media_stream_mic: { [`${origin},*`]: { setting: 1 } } } },
  };
  stored.translate = { enabled: false };
  stored.credentials_enable_service = false;
  writeFileSync(file, JSON.stringify(stored));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
