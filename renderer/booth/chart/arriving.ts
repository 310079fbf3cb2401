import { assign } from 'xstate';
import type { BoothServices } from '../ports.ts';
import { chart, set, visited } from './setup.ts';
import { answered, type BoothContext, noticeFor, tell } from './visit.ts';

const services = ({ context }: { context: { services: BoothServices } }) => context.services;

/** The studio has not answered yet since the page was opened. */
export const loading = chart.createStateConfig({
  id: 'loading',
  on: { ABORT: {} },
  invoke: {
    src: 'loadConfig',
    input: services,
    onDone: { target: 'attract', actions: assign({ config: ({ event }) => event.output }) },
    onError: 'unavailable',
  },
});

export const unavailable = chart.createStateConfig({
  id: 'unavailable',
  on: { ABORT: {}, RETRY: 'loading' },
  after: { retry: 'loading' },
});

export const attract = chart.createStateConfig({
  id: 'attract',
  entry: 'forget',
  on: {
    ABORT: {},
    LANGUAGE: { actions: assign(visited((_, event) => ({ language: event.language }))) },
    START: 'checking',
    CODE: 'code',
  },
  initial: 'resting',
  states: {
    resting: { after: { refresh: 'refreshing' } },
    /** The organiser may have changed the event; a studio that is silent just now changes nothing. */
    refreshing: {
      invoke: {
        src: 'loadConfig',
        input: services,
        onDone: { target: 'resting', actions: assign({ config: ({ event }) => event.output }) },
        onError: 'resting',
      },
    },
  },
});

/** Nobody is asked anything before a recording is known to be possible. */
export const checking = chart.createStateConfig({
  id: 'checking',
  invoke: {
    src: 'askReadiness',
    input: services,
    onDone: [
      { guard: ({ event }) => event.output === 'ready', target: 'notice' },
      { target: 'resting', actions: assign({ readiness: ({ event }) => event.output }) },
    ],
    onError: { target: 'resting', actions: assign({ readiness: () => 'unreachable' as const }) },
  },
});

/** The booth cannot record for now: it says so, and opens again by itself. */
export const resting = chart.createStateConfig({
  id: 'resting',
  on: { NEXT: 'attract', BACK: 'attract' },
  initial: 'waiting',
  states: {
    waiting: { after: { retry: 'asking' } },
    asking: {
      invoke: {
        src: 'askReadiness',
        input: services,
        onDone: [
          { guard: ({ event }) => event.output === 'ready', target: '#attract' },
          { target: 'waiting', actions: assign({ readiness: ({ event }) => event.output }) },
        ],
        onError: 'waiting',
      },
    },
  },
});

/** Nobody is recorded to words that are not there. */
const hasNotice = ({ context }: { context: BoothContext }) =>
  noticeFor(context.config, context.visit.language) !== undefined;

export const notice = chart.createStateConfig({
  id: 'notice',
  initial: 'short',
  on: {
    YES: { guard: hasNotice, target: 'who', actions: assign(set((context) => answered(context, 'adult'))) },
    MINOR: { guard: hasNotice, target: 'minor', actions: assign(set((context) => answered(context, 'minor'))) },
    NO: 'declined',
    LANGUAGE: { actions: assign(visited((_, event) => ({ language: event.language }))) },
    CODE: 'code',
    BACK: 'attract',
  },
  states: {
    short: { on: { READ: 'full' } },
    /** The whole text, laid over the short one. */
    full: { on: { BACK: 'short', CANCEL: 'short', ABORT: 'short' } },
  },
});

export const declined = chart.createStateConfig({
  id: 'declined',
  on: { NEXT: 'attract' },
  after: { farewell: 'attract' },
});

export const who = chart.createStateConfig({
  id: 'who',
  initial: 'name',
  states: {
    name: {
      id: 'name',
      on: {
        TELL: {
          actions: assign(visited((visit, event) => ({ speaker: tell(visit.speaker, event.field, event.value) }))),
        },
        NEXT: 'cooperative',
        BACK: '#notice',
      },
    },
    cooperative: {
      id: 'cooperative',
      on: {
        COOPERATIVE: {
          target: '#microphone',
          actions: assign(visited((visit, event) => ({ speaker: { ...visit.speaker, cooperativeId: event.id } }))),
        },
        BACK: 'name',
      },
    },
  },
});
