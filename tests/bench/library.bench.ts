import { openDesk } from '../fixtures/desk-rig.ts';
import { launchBrowser } from '../fixtures/kiosk.ts';
import { fillMany } from '../fixtures/many-portraits.ts';
import { randomUse } from './library/random-use.ts';
import { firstPaint, scrolling, typing } from './library/screen.ts';
import { measureService } from './library/service.ts';

// The hosts' list with 10 000 portraits, in the service and on the screen, each beside a reference of the same run.
// `node tests/bench/library.bench.ts [minutes of random use] [portraits]`; an hour is `60`, done as fast as the desk can.
const minutes = Number(process.argv[2] ?? 3);
const portraits = Number(process.argv[3] ?? 10_000);
const pin = '2304';

const rig = await openDesk({ demo: false });
const { library, staff } = rig.studio;
try {
  await staff.setUp(pin);
  const began = performance.now();
  fillMany(library, portraits);
  console.log(`${portraits} portraits written in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  measureService(library);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await firstPaint(page, rig.url, pin);
    await typing(page);
    await scrolling(page);
    await randomUse(page, minutes);
  } finally {
    await browser.close();
  }
} finally {
  await rig.close();
}
