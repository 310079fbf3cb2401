import { withoutEnds } from '../../../shared/domain/ends.ts';
import { bareText } from '../../../shared/domain/tags.ts';

/**
 * The text of a file somebody brings: UTF-8 where it is, UTF-16 where it says so, else what Windows wrote for years,
 * in which most French subtitles lie.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * A file's name made of a title: letters and figures any system takes. Without one a piece of the portrait's id tells it
 * from others: never the code, which lets its holder take the portrait down.
 */
export function fileName(title: string, id: string): string {
  const plain = withoutEnds(bareText(title).replace(/[^a-z0-9]+/g, '-'), '-').slice(0, 60);
  return plain || `portrait-${id.slice(-6)}`;
}

/** Hands a text to the browser as a file. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
