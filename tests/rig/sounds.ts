import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Says a different sentence into `<folder>/<name>.mp3` for every name: mono, 96 kb/s, a few seconds each. */
export async function speakMp3s(folder: string, names: string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, name] of names.entries()) {
    const wav = join(folder, `${name}.wav`);
    await run('espeak-ng', ['-v', 'fr', '-w', wav, `Bonjour, voici le portrait numéro ${index + 1}.`]);
    const encode = ['-loglevel', 'error', '-i', wav, '-ac', '1', '-b:a', '96k', join(folder, `${name}.mp3`)];
    await run('ffmpeg', encode);
    await rm(wav);
  }
}
