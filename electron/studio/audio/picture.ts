import { ProgramFailed } from '../../programs/failure.ts';
import { type FfmpegRun, foreignToJpeg, pictureToJpeg } from './ffmpeg.ts';

/** A picture that cannot be read as the one it says it is. */
export class BadPicture extends Error {
  override readonly name = 'BadPicture';
}

/** Three bytes a pixel, row by row, from the top. */
export interface Pixels {
  side: number;
  rgb: Uint8Array;
}

async function whole(run: FfmpegRun, parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part);
  const jpeg = Buffer.concat(all);
  if (jpeg.length === 0) throw new BadPicture('no picture came out');
  const marks = [jpeg.subarray(0, 2).toString('hex'), jpeg.subarray(-2).toString('hex')];
  if (marks.join() !== 'ffd8,ffd9') {
    throw new ProgramFailed('saidNonsense', run.binary, { why: 'no JPEG came out' });
  }
  return jpeg;
}

/** A drawn picture as a JPEG; the same pixels give the same bytes. */
export function pixelsToJpeg(run: FfmpegRun, { side, rgb }: Pixels): Promise<Buffer> {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${side}x${side}`];
  return whole(run, pictureToJpeg(run, rgb, input, []));
}

/** A picture from outside, as far as its bytes tell. */
export interface ForeignPicture {
  kind: 'jpeg' | 'png';
  bytes: Uint8Array;
  /** More than these are not decoded, whatever its head says. */
  mostPixels: number;
}

/** The middle square of a picture, `side` pixels wide, as a JPEG without anything the camera wrote beside it. */
export function squareJpeg(run: FfmpegRun, { kind, bytes, mostPixels }: ForeignPicture, side: number): Promise<Buffer> {
  const filters = ["crop='min(iw,ih)':'min(iw,ih)'", `scale=${side}:${side}:flags=lanczos`];
  return whole(run, foreignToJpeg(run, bytes, { kind, mostPixels, filters }));
}
