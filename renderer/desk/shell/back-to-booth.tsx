import { useEffect } from 'react';
import { createApi } from '../../api.ts';
import { createEars } from '../../booth/ears.ts';
import { useDesk } from '../desk-context.ts';

/** Once a page: it lists the devices and obeys for as long as the page lives. */
let lent = false;

/** The way back, where the desk was opened in the booth's own window (see the booth's staff panel). */
export function BackToBooth() {
  const { say } = useDesk();
  const here = new URLSearchParams(window.location.search).has('booth');
  // The booth's page has made room for the desk: its ears are this page's meanwhile, or nothing could be tested here.
  useEffect(() => {
    if (!here || lent) return;
    lent = true;
    const ears = createEars(createApi(), localStorage);
    ears.between(true);
    ears.begin();
  }, [here]);
  if (!here) return null;
  return (
    <a className="back-to-booth" href="/">
      {say('backToBooth')}
    </a>
  );
}
