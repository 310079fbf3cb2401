import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import './styles/base.css';
import './styles/gate.css';
import './styles/back-to-booth.css';
import './styles/shell.css';
import './styles/list.css';
import './styles/import.css';
import './styles/portrait.css';
import './styles/words.css';
import './styles/editor.css';
import './styles/work.css';
import './styles/batches.css';
import './styles/consent.css';
import './styles/narrow.css';
import { App } from './app.tsx';
import { createPlayer } from './sound/player.ts';

const root = document.getElementById('desk');
if (root === null) throw new Error('the page has no #desk');
createRoot(root).render(
  <StrictMode>
    <App player={createPlayer()} />
  </StrictMode>,
);
