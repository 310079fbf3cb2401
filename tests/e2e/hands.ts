import type { CDPSession, Page } from 'playwright/test';

export interface Place {
  x: number;
  y: number;
}

/**
 * Fingers on the glass and switches of keys, through the browser's own input: what a real panel reports. Every edge is
 * given its time, so that a bounce of 25 ms is one of 25 ms however busy the machine is.
 */
export class Hands {
  readonly page: Page;
  readonly #cdp: CDPSession;
  readonly #origin: number;
  readonly #fingers = new Map<number, Place>();
  /** Page clock (ms) of the last edge. */
  at = 0;

  private constructor(page: Page, cdp: CDPSession, origin: number) {
    this.page = page;
    this.#cdp = cdp;
    this.#origin = origin;
  }

  static async of(page: Page): Promise<Hands> {
    const cdp = await page.context().newCDPSession(page);
    return new Hands(page, cdp, await page.evaluate(() => performance.timeOrigin));
  }

  /** Goes on from the page's own time; before that, waits until the time of the last edge is over by `ms`. */
  async rest(ms = 0): Promise<void> {
    const reached = await this.page.evaluate(
      (wanted) =>
        new Promise<number>((done) => {
          const look = () => {
            if (performance.now() >= wanted) done(performance.now());
            else setTimeout(look, wanted - performance.now());
          };
          look();
        }),
      this.at + ms,
    );
    this.at = reached;
  }

  get #timestamp(): number {
    return (this.#origin + this.at) / 1000;
  }

  async #tell(
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    after: number,
    points: Iterable<[number, Place]> = this.#fingers,
  ): Promise<void> {
    this.at += after;
    const touchPoints = [...points].map(([id, { x, y }]) => ({ id, x, y, radiusX: 8, radiusY: 8, force: 0.5 }));
    await this.#cdp.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp: this.#timestamp });
  }

  /** A finger comes down, `after` so many ms. */
  async down(finger: number, place: Place, after = 0): Promise<void> {
    this.#fingers.set(finger, place);
    await this.#tell('touchStart', after);
  }

  async move(finger: number, place: Place, after = 16): Promise<void> {
    this.#fingers.set(finger, place);
    await this.#tell('touchMove', after);
  }

  async up(finger: number, after = 60): Promise<void> {
    const place = this.#fingers.get(finger);
    this.#fingers.delete(finger);
    // Of several fingers the one named goes up; without a name, the last.
    await this.#tell('touchEnd', after, this.#fingers.size === 0 || place === undefined ? [] : [[finger, place]]);
  }

  async tap(place: Place, { finger = 0, after = 0, lasting = 60 } = {}): Promise<void> {
    await this.down(finger, place, after);
    await this.up(finger, lasting);
  }

  async key(type: 'keyDown' | 'keyUp', key: Key, { after = 0, repeat = false } = {}): Promise<void> {
    this.at += after;
    const text = type === 'keyDown' && key.text !== undefined ? { text: key.text } : {};
    await this.#cdp.send('Input.dispatchKeyEvent', {
      type: type === 'keyDown' && key.text === undefined ? 'rawKeyDown' : type,
      key: key.key,
      code: key.code,
      windowsVirtualKeyCode: key.number,
      autoRepeat: repeat,
      timestamp: this.#timestamp,
      ...text,
    });
  }

  async press(key: Key, { after = 0, lasting = 60 } = {}): Promise<void> {
    await this.key('keyDown', key, { after });
    await this.key('keyUp', key, { after: lasting });
  }
}

export interface Key {
  key: string;
  code: string;
  number: number;
  text?: string;
}
export const keys = {
  enter: { key: 'Enter', code: 'Enter', number: 13, text: '\r' },
  space: { key: ' ', code: 'Space', number: 32, text: ' ' },
  bigButton: { key: 'F8', code: 'F8', number: 119 },
  tab: { key: 'Tab', code: 'Tab', number: 9 },
} as const satisfies Record<string, Key>;
