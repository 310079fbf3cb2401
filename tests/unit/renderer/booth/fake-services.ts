import { createActor, SimulatedClock } from 'xstate';
import type { Trouble } from '../../../../renderer/audio/types.ts';
import { boothMachine } from '../../../../renderer/booth/chart/machine.ts';
import type { BoothEvent } from '../../../../renderer/booth/chart/visit.ts';
import type { BoothServices, FinishedTake, Playing, PortraitKey, TakeOrder } from '../../../../renderer/booth/ports.ts';
import type { BoothConfig } from '../../../../shared/contract/booth.ts';
import type { Choices } from '../../../../shared/contract/consent.ts';
import type { TicketState } from '../../../../shared/contract/ticket.ts';
import type { Purpose } from '../../../../shared/domain/consent.ts';

const asked = { title: 'Avant', paragraphs: ['Un.'], ask: 'Peut-on ?' };
const words = { label: 'Un usage', explain: 'Une phrase.' };

export const config: BoothConfig = {
  event: {
    id: '019a0000-0000-7000-8000-000000000001',
    name: 'Hauts les Coop',
    town: 'Dunkerque',
    day: '2023-04-14',
    theme: { fr: 'Le sport d’équipe' },
    languages: ['fr', 'en', 'nl'],
    limitSeconds: 90,
    questions: [
      { id: 'one', text: { fr: 'Une question ?' } },
      { id: 'two', text: { fr: 'Une autre ?' } },
    ],
    consent: {
      controller: 'Le collectif',
      contact: 'bonjour@example.org',
      purposes: ['site', 'podcast', 'archive'],
      guardians: 1,
      until: '2028-04-14',
      graceDays: 14,
      keptDays: 90,
      withdrawalUrl: null,
      fullTextUrl: null,
      askContact: false,
    },
  },
  cooperatives: [{ id: 'tilt', name: 'Tilt' }],
  notices: [
    {
      ...asked,
      version: '1',
      language: 'fr',
      sha256: 'a'.repeat(64),
      draft: true,
      full: ['Tout.'],
      minor: asked,
      choices: {
        title: 'Quoi ?',
        lead: 'Choisissez.',
        purposes: { site: words, podcast: words, social: words, transcript: words, promotion: words, archive: words },
        name: { name: 'Mon nom', pseudonym: 'Un autre', anonymous: 'Sans' },
        none: 'Rien',
      },
    },
  ],
  consent: {
    controller: 'Le collectif',
    contact: 'bonjour@example.org',
    purposes: ['site', 'podcast', 'archive'],
    guardians: 1,
    until: '2028-04-14',
    withdrawalUrl: null,
    fullTextUrl: null,
    askContact: true,
    ticketPrinter: true,
  },
  bigButtonKeys: ['F8'],
  idleSeconds: 45,
  idleGraceSeconds: 15,
};

export const ticket: TicketState = {
  state: 'published',
  title: 'Zoé',
  recordedOn: '2023-04-14',
  urls: ['https://example.org/zoe'],
  purposes: ['site', 'podcast'],
  nameShown: 'Zoé',
};

function withdrawn(purposes: 'all' | Purpose[]): TicketState {
  const left = purposes === 'all' ? [] : ticket.purposes.filter((purpose) => !purposes.includes(purpose));
  return { ...ticket, purposes: left, state: left.length === 0 ? 'withdrawn' : ticket.state };
}

/** Services that answer what a test tells them to, and write down what they are asked. */
export class FakeServices implements BoothServices {
  asked: string[] = [];
  ids = 0;
  time = 0;
  answers = {
    config: async () => config,
    readiness: async (): ReturnType<BoothServices['readiness']> => 'ready',
    microphone: async (): ReturnType<BoothServices['openMicrophone']> => 'open',
    begin: async (_: TakeOrder): ReturnType<BoothServices['begin']> => 'begun',
    finish: async (): ReturnType<BoothServices['finish']> => this.finishedTake(),
    keep: async (_: Choices): ReturnType<BoothServices['keep']> => ({ code: 'KM4-7QX', url: null }),
    vouch: async (_: string): ReturnType<BoothServices['vouch']> => ({ vouch: 'vouch', name: 'Ana' }),
    lookUp: async (_: string): ReturnType<BoothServices['lookUp']> => ticket,
    withdraw: async (_: string, purposes: 'all' | Purpose[]): ReturnType<BoothServices['withdraw']> =>
      withdrawn(purposes),
    print: async (): ReturnType<BoothServices['print']> => 'printed',
    erase: async (): ReturnType<BoothServices['erase']> => 'erased',
  };
  trouble: (trouble: Trouble | undefined) => void = () => undefined;
  playing: (playing: Playing) => void = () => undefined;

  finishedTake(): FinishedTake {
    return { takeId: 'take', seconds: 40, peaks: [0.5], warnings: null };
  }
  now = () => this.time;
  clock = () => '2023-04-14T09:00:00.000Z';
  newPortrait = () => ({ portraitId: `portrait-${++this.ids}`, token: 'token' });
  newId = () => `take-${++this.ids}`;
  config = () => this.answers.config();
  readiness = () => this.answers.readiness();
  openMicrophone = () => {
    this.asked.push('openMicrophone');
    return this.answers.microphone();
  };
  checkMicrophone = () => () => undefined;
  watchMicrophone = (tell: (trouble: Trouble | undefined) => void) => {
    this.trouble = tell;
    return () => {
      this.trouble = () => undefined;
    };
  };
  report = (state: string) => void this.asked.push(`report ${state}`);
  begun: TakeOrder | null = null;
  begin = (order: TakeOrder) => {
    this.asked.push(`begin ${order.portraitId}`);
    this.begun = order;
    return this.answers.begin(order);
  };
  record = () => void this.asked.push('record');
  callOff = () => void this.asked.push('callOff');
  finish = () => {
    this.asked.push('finish');
    return this.answers.finish();
  };
  awaitVerdict = () => () => undefined;
  play = () => void this.asked.push('play');
  pause = () => void this.asked.push('pause');
  onPlaying = (tell: (playing: Playing) => void) => {
    this.playing = tell;
    return () => undefined;
  };
  kept: Choices | null = null;
  keep = (choices: Choices) => {
    this.asked.push('keep');
    this.kept = choices;
    return this.answers.keep(choices);
  };
  vouch = (pin: string) => {
    this.asked.push('vouch');
    return this.answers.vouch(pin);
  };
  lookUp = (code: string) => {
    this.asked.push(`lookUp ${code}`);
    return this.answers.lookUp(code);
  };
  withdraw = (code: string, purposes: 'all' | Purpose[]) => {
    this.asked.push(`withdraw ${purposes}`);
    return this.answers.withdraw(code, purposes);
  };
  print = (code: string) => {
    this.asked.push(`print ${code}`);
    return this.answers.print();
  };
  erase = (portrait: PortraitKey) => {
    this.asked.push(`erase ${portrait.portraitId}`);
    return this.answers.erase();
  };
  forget = () => void this.asked.push('forget');
}

/** A booth whose clock the test moves; `settle` lets every answered promise through. */
export function openFakeBooth(services = new FakeServices()) {
  const clock = new SimulatedClock();
  const actor = createActor(boothMachine, { input: { services }, clock });
  actor.start();
  const settle = async () => {
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
  };
  return {
    services,
    actor,
    settle,
    async send(...events: BoothEvent[]) {
      for (const event of events) {
        actor.send(event);
        await settle();
      }
    },
    async pass(ms: number) {
      clock.increment(ms);
      await settle();
    },
    /** The visit's state, e.g. `take.recording`. */
    visit: () => path((actor.getSnapshot().value as Record<string, unknown>).visit),
    attention: () => path((actor.getSnapshot().value as Record<string, unknown>).attention),
    context: () => actor.getSnapshot().context,
  };
}

function path(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, inner] = ['', '']] = Object.entries(value as Record<string, unknown>);
  return `${name}.${path(inner)}`;
}

export type FakeBooth = ReturnType<typeof openFakeBooth>;
