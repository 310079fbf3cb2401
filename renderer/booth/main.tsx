import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { boothWords } from '../../shared/i18n/booth/words.ts';
import { speak } from '../../shared/i18n/words.ts';
import { createApi } from '../api.ts';
import { createBoothTime } from '../booth-time.ts';
import '../ui/tokens.css';
import { applyTheme } from '../ui/theme.ts';
import { Booth } from './Booth.tsx';
import './booth.css';
import './screens/screens.css';
import './screens/consent.css';
import { Title } from './screens/Title.tsx';
import { createServices } from './services.ts';

const say = speak(boothWords, 'fr');

function Elsewhere() {
  return (
    <main className="screen screen-plain" data-screen="elsewhere" aria-labelledby="title">
      <div className="screen-words">
        <Title text={say('elsewhere.title')} />
        <p className="lead">{say('elsewhere.text')}</p>
      </div>
    </main>
  );
}

const place = document.getElementById('booth');
if (place === null) throw new Error('index.html has lost its #booth');
const root = createRoot(place);
applyTheme('auto');

/** One booth at a time: a second page waits until the first is closed, for as long as it takes. */
async function open(): Promise<void> {
  const waiting = setTimeout(() => root.render(<Elsewhere />), 300);
  await navigator.locks.request('phonomaton.booth', async () => {
    clearTimeout(waiting);
    const time = createBoothTime();
    const services = createServices(createApi({ time }), time);
    root.render(
      <StrictMode>
        <Booth services={services} />
      </StrictMode>,
    );
    await new Promise(() => undefined);
  });
}

void open();
