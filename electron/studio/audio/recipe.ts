import { createHash } from 'node:crypto';
import { type Edit, type Format, formats, type LoudnessTarget, type Recipe } from '../../../shared/domain/sound.ts';

/** Raised whenever the same master, edit and settings would give other bytes. */
export const recipeVersion = 2;

/** The recipe of today; its formats in their fixed order and each once. */
export function recipe(target: LoudnessTarget, wanted: readonly Format[]): Recipe {
  return { version: recipeVersion, target, formats: formats.filter((format) => wanted.includes(format)) };
}

/** JSON with sorted keys and without spaces: equal values give equal texts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
}

/**
 * Name of what a master, an edit and a recipe give: SHA-256 (hex) of the three in canonical form, one a line.
 * `masterSha256` is of the PCM data, in hex. Markers are not in it: no sound changes with them.
 */
export function renditionId(masterSha256: string, edit: Edit, { version, target, formats }: Recipe): string {
  const { in: start, out, fadeIn, fadeOut, gainDb } = edit;
  const { highPass, hum, noise } = edit.cleanUp;
  const cuts = edit.cuts.map(({ start, end }) => ({ start, end }));
  const parts = [
    masterSha256.toLowerCase(),
    canonical({ in: start, out, fadeIn, fadeOut, cuts, gainDb, cleanUp: { highPass, hum, noise } }),
    canonical({
      version,
      target: { lufs: target.lufs, truePeak: target.truePeak },
      formats: recipe(target, formats).formats,
    }),
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
