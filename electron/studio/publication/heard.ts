import type { Edit } from '../../../shared/domain/sound.ts';

/** Seconds of what is heard at a moment of the master; inside a cut it is the moment of the join. */
export function heardAt(edit: Edit, at: number): number {
  const moment = Math.min(Math.max(at, edit.in), edit.out);
  const missing = edit.cuts.reduce((sum, cut) => sum + Math.max(0, Math.min(cut.end, moment) - cut.start), 0);
  return Math.max(0, moment - edit.in - missing);
}

/** Whether a moment of the master is heard at all. */
export function isHeard(edit: Edit, at: number): boolean {
  return at >= edit.in && at < edit.out && !edit.cuts.some((cut) => at >= cut.start && at < cut.end);
}

/** Markers that are heard, as chapters: seconds of what is heard, in order, none twice at one moment. */
export function chaptersOf(edit: Edit): { at: number; title: string }[] {
  const chapters: { at: number; title: string }[] = [];
  for (const marker of [...edit.markers].sort((a, b) => a.at - b.at)) {
    if (!isHeard(edit, marker.at)) continue;
    const at = heardAt(edit, marker.at);
    if (chapters.at(-1)?.at !== at) chapters.push({ at, title: marker.word });
  }
  return chapters;
}
