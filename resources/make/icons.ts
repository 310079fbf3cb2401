import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findChromium } from '../../electron/launch/browser.ts';
import { projectRoot } from '../../electron/launch/paths.ts';

/** Draws resources/icons anew: the ring, a voice as a circle of bars, on the booth's paper. */
const side = 1024;
const bars = 48;
const colours = { paper: '#FFF7EC', sea: '#0B4F6C', sun: '#FFB627' };

/** Loudness of a spoken sentence, made up of three syllables' swells: 0 to 1 for each bar. */
function voice(bar: number): number {
  const at = bar / bars;
  const swell = (middle: number, width: number) => Math.exp(-(((at - middle) / width) ** 2));
  return Math.min(1, 0.16 + 0.8 * swell(0.14, 0.07) + 0.6 * swell(0.4, 0.1) + 0.9 * swell(0.72, 0.09));
}

function svg(): string {
  const middle = side / 2;
  const radius = side * 0.3;
  const lines: string[] = [];
  for (let bar = 0; bar < bars; bar++) {
    const angle = ((bar + 0.5) / bars) * 2 * Math.PI;
    const half = side * 0.02 + voice(bar) * side * 0.09;
    const point = (r: number) =>
      `${(middle + Math.sin(angle) * r).toFixed(1)} ${(middle - Math.cos(angle) * r).toFixed(1)}`;
    lines.push(`M${point(radius - half)}L${point(radius + half)}`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">
  <title>Phonomaton</title>
  <rect width="${side}" height="${side}" rx="${side * 0.22}" fill="${colours.paper}"/>
  <path d="${lines.join('')}" stroke="${colours.sea}" stroke-width="${side * 0.022}" stroke-linecap="round"/>
  <circle cx="${middle}" cy="${middle}" r="${side * 0.095}" fill="${colours.sun}"/>
</svg>
`;
}

const folder = join(projectRoot(), 'resources', 'icons');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'icon.svg'), svg());

const executablePath = findChromium();
if (!executablePath) throw new Error('The PNG is drawn by a Chromium, and none is installed.');
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
for (const size of [32, 192, 512, 1024]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg()}`);
  const name = size === 1024 ? 'icon.png' : `icon-${size}.png`;
  await page.screenshot({ path: join(folder, name), omitBackground: true });
}
await browser.close();
