import { useDesk } from '../desk-context.ts';

/** The way back, where the desk was opened in the booth's own window (see the booth's staff panel). */
export function BackToBooth() {
  const { say } = useDesk();
  if (!new URLSearchParams(window.location.search).has('booth')) return null;
  return (
    <a className="back-to-booth" href="/">
      {say('backToBooth')}
    </a>
  );
}
