import { useDesk } from '../desk-context.ts';
import type { SettingsPage } from '../place.ts';
import { BoothForm } from './booth-form.tsx';
import { DestinationsPage } from './destinations-page.tsx';
import { DevicesForm } from './devices-form.tsx';
import { EventForm } from './event-form.tsx';
import { HealthPanel } from './health-panel.tsx';
import { JournalPage } from './journal/journal-page.tsx';
import { NetworkPage } from './network/network-page.tsx';
import { SoundForm } from './sound-form.tsx';
import { TeamPage } from './team/team-page.tsx';
import { TicketPrinterForm } from './ticket-printer-form.tsx';
import { WordsPage } from './words-page.tsx';

const pages = {
  destinations: { title: 'settingsDestinations', Page: DestinationsPage },
  event: { title: 'settingsEvent', Page: EventForm },
  sound: { title: 'settingsSound', Page: SoundForm },
  words: { title: 'settingsWords', Page: WordsPage },
  booth: { title: 'settingsBooth', Page: BoothPage },
  team: { title: 'team', Page: TeamPage },
  network: { title: 'network', Page: NetworkPage },
  journal: { title: 'journal', Page: JournalPage },
  health: { title: 'healthTitle', Page: HealthPanel },
} as const satisfies Record<SettingsPage, unknown>;

/** Three parts, each saved by itself. */
function BoothPage() {
  return (
    <>
      <DevicesForm />
      <BoothForm />
      <TicketPrinterForm />
    </>
  );
}

/** One page of settings; each keeps what is being typed in the desk's drafts. */
export function SettingsScreen({ page }: { page: SettingsPage }) {
  const { say } = useDesk();
  const { title, Page } = pages[page];
  return (
    <div className="work">
      <header className="work-head">
        <h1>{say(title)}</h1>
      </header>
      <Page />
    </div>
  );
}
