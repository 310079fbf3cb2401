import type { Region, RegionParams } from 'wavesurfer.js/plugins/regions';

/** A stretch to be seen over the wave; one without an end is a marker. */
export interface Stretch {
  /** One name a stretch; its first word is its kind, which is how it looks. */
  id: string;
  start: number;
  end?: number;
  content: string;
  /** How it is called aloud. */
  label: string;
  resize: boolean;
}

export interface Regions {
  getRegions(): Region[];
  addRegion(options: RegionParams): Region;
}

/** Brings what is drawn to what is wanted, touching only what differs: a region under a hand stays the same element. */
export function showStretches(regions: Regions, wanted: readonly Stretch[]): void {
  const names = new Map(wanted.map((one) => [one.id, one]));
  for (const region of regions.getRegions()) if (!names.has(nameOf(region))) region.remove();
  for (const { id, start, end = start, content, label, resize } of wanted) {
    const there = regions.getRegions().find((region) => nameOf(region) === id);
    const region =
      there ?? regions.addRegion({ id: partOf(id), start, end, content, drag: false, resize, color: 'transparent' });
    if (there !== undefined) {
      if (there.start !== start || there.end !== end) there.setOptions({ start, end });
      if (there.content?.textContent !== content) there.setContent(content);
    }
    // An image with a name: what can be done with it stands in lists and buttons beside it.
    region.element?.setAttribute('role', 'img');
    region.element?.setAttribute('aria-label', label);
  }
}

/** wavesurfer takes the id over as the element's parts, by which style sheets find it: `region-cut cut-3`. */
export const partOf = (id: string) => `region-${id.split('-')[0]} ${id}`;
export const nameOf = (region: Pick<Region, 'id'>) => region.id.split(' ')[1] ?? region.id;
