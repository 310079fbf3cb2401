import { withoutEnd } from '../../../shared/domain/ends.ts';

/** A figure as people type it (`−16,5`), or undefined. */
export function readFigure(text: string): number | undefined {
  const plain = text.trim().replace(/[−–]/g, '-').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** The figure if it lies within the bounds (whole where asked), else undefined. */
export function figureWithin(text: string, min: number, max: number, whole = false): number | undefined {
  const figure = readFigure(text);
  if (figure === undefined || figure < min || figure > max) return undefined;
  return whole && !Number.isInteger(figure) ? undefined : figure;
}

/**
 * A site's address as people type it, made whole: `https://` in front where no scheme was typed, nothing after the
 * path. Undefined when it is no address.
 */
export function readSiteUrl(text: string): string | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  } catch {
    return undefined;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.hostname !== 'localhost' && !/[.:]/.test(url.hostname)) return undefined;
  return withoutEnd(`${url.origin}${url.pathname}`, '/');
}
