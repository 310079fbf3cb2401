import { config, type FakeBooth, FakeServices, openFakeBooth } from './fake-services.ts';

/** How each state is reached, from the page's opening on. */
export const ways: Record<string, (booth: FakeBooth) => Promise<void>> = {
  'attract.resting': async () => undefined,
  checking: async (booth) => {
    booth.services.answers.readiness = () => new Promise(() => undefined);
    await booth.send({ type: 'START' });
  },
  'resting.waiting': async (booth) => {
    booth.services.answers.readiness = async () => 'disk';
    await booth.send({ type: 'START' });
  },
  'notice.short': (booth) => booth.send({ type: 'START' }),
  'notice.full': (booth) => booth.send({ type: 'START' }, { type: 'READ' }),
  'minor.calling': (booth) => booth.send({ type: 'START' }, { type: 'MINOR' }),
  'minor.pin.entering': (booth) => booth.send({ type: 'START' }, { type: 'MINOR' }, { type: 'HOST' }),
  'minor.vouching': async (booth) => {
    booth.services.answers.vouch = () => new Promise(() => undefined);
    await toGuardian(booth);
  },
  'minor.guardian': toGuardian,
  'minor.signing': async (booth) => {
    await toGuardian(booth);
    await booth.send({ type: 'GUARDIAN', change: { name: 'Noor' } }, { type: 'NEXT' });
  },
  declined: (booth) => booth.send({ type: 'START' }, { type: 'NO' }),
  'who.name': (booth) => booth.send({ type: 'START' }, { type: 'YES' }),
  'who.cooperative': (booth) => booth.send({ type: 'START' }, { type: 'YES' }, { type: 'NEXT' }),
  'microphone.opening': async (booth) => {
    booth.services.answers.microphone = () => new Promise(() => undefined);
    await toMicrophone(booth);
  },
  'microphone.listening': toMicrophone,
  'microphone.calling': async (booth) => {
    await toMicrophone(booth);
    await booth.send({ type: 'CALL' });
  },
  'microphone.failed.waiting': async (booth) => {
    booth.services.answers.microphone = async () => 'refused';
    await toMicrophone(booth);
  },
  question: toQuestion,
  'take.preparing': async (booth) => {
    booth.services.answers.begin = () => new Promise(() => undefined);
    await toQuestion(booth);
    await booth.send({ type: 'GO' });
  },
  'take.refused': async (booth) => {
    booth.services.answers.begin = async () => 'disk';
    await toQuestion(booth);
    await booth.send({ type: 'GO' });
  },
  'take.countdown': async (booth) => {
    await toQuestion(booth);
    await booth.send({ type: 'GO' });
  },
  'take.recording': toRecording,
  'take.stopping': async (booth) => {
    booth.services.answers.finish = () => new Promise(() => undefined);
    await toRecording(booth);
    await booth.send({ type: 'STOP' });
  },
  unheard: async (booth) => {
    booth.services.answers.finish = async () => 'nothing';
    await toRecording(booth);
    await booth.send({ type: 'STOP' });
  },
  'review.playing': toReview,
  'review.paused': async (booth) => {
    await toReview(booth);
    await booth.send({ type: 'LISTEN' });
  },
  'review.erase': async (booth) => {
    await toReview(booth);
    await booth.send({ type: 'ERASE' });
  },
  'choices.choosing': toChoices,
  'choices.name': async (booth) => {
    await toChoices(booth);
    await booth.send({ type: 'NAME' });
  },
  'choices.contact': async (booth) => {
    await toChoices(booth);
    await booth.send({ type: 'CONTACT' });
  },
  'choices.nothing': async (booth) => {
    await toChoices(booth);
    await booth.send({ type: 'REFUSE' });
  },
  keeping: async (booth) => {
    booth.services.answers.keep = () => new Promise(() => undefined);
    await toThanks(booth);
  },
  'thanks.shown': toThanks,
  'thanks.printing': async (booth) => {
    booth.services.answers.print = () => new Promise(() => undefined);
    await toThanks(booth);
    await booth.send({ type: 'PRINT' });
  },
  'code.entering': (booth) => booth.send({ type: 'CODE' }),
  'code.looking': async (booth) => {
    booth.services.answers.lookUp = () => new Promise(() => undefined);
    await toTicket(booth);
  },
  'code.found': toTicket,
  'code.sure': async (booth) => {
    await toTicket(booth);
    await booth.send({ type: 'WITHDRAW', purposes: 'all' });
  },
  'code.withdrawing': async (booth) => {
    booth.services.answers.withdraw = () => new Promise(() => undefined);
    await toTicket(booth);
    await booth.send({ type: 'WITHDRAW', purposes: ['site'] }, { type: 'CONFIRM' });
  },
  'code.withdrawn': async (booth) => {
    await toTicket(booth);
    await booth.send({ type: 'WITHDRAW', purposes: 'all' }, { type: 'CONFIRM' });
  },
  erasing: async (booth) => {
    booth.services.answers.erase = () => new Promise(() => undefined);
    await toReview(booth);
    await booth.send({ type: 'ERASE' }, { type: 'CONFIRM' });
  },
  erased: async (booth) => {
    await toReview(booth);
    await booth.send({ type: 'ERASE' }, { type: 'CONFIRM' });
  },
  erasedSoon: async (booth) => {
    booth.services.answers.erase = async () => 'later';
    await toReview(booth);
    await booth.send({ type: 'ERASE' }, { type: 'CONFIRM' });
  },
};

async function toMicrophone(booth: FakeBooth): Promise<void> {
  await booth.send({ type: 'START' }, { type: 'YES' }, { type: 'NEXT' }, { type: 'COOPERATIVE', id: null });
}

async function toQuestion(booth: FakeBooth): Promise<void> {
  await toMicrophone(booth);
  await booth.send({ type: 'NEXT' });
}

async function toRecording(booth: FakeBooth): Promise<void> {
  await toQuestion(booth);
  await booth.send({ type: 'GO' });
  await booth.pass(3000);
}

async function toReview(booth: FakeBooth): Promise<void> {
  await toRecording(booth);
  await booth.pass(40_000);
  await booth.send({ type: 'STOP' });
}

async function toGuardian(booth: FakeBooth): Promise<void> {
  await booth.send({ type: 'START' }, { type: 'MINOR' }, { type: 'HOST' }, { type: 'PIN', pin: '1234' });
}

async function toChoices(booth: FakeBooth): Promise<void> {
  await toReview(booth);
  await booth.send({ type: 'KEEP' });
}

async function toThanks(booth: FakeBooth): Promise<void> {
  await toChoices(booth);
  await booth.send({ type: 'TICK', purpose: 'site' }, { type: 'ALLOW' });
}

async function toTicket(booth: FakeBooth): Promise<void> {
  await booth.send({ type: 'CODE' }, { type: 'LOOK', code: 'KM4-7QX' });
}

/** A booth with a visitor in the state named. */
export async function openBoothIn(state: string, services = new FakeServices()): Promise<FakeBooth> {
  const booth = openFakeBooth(services);
  await booth.settle();
  await ways[state]?.(booth);
  if (booth.visit() !== state) throw new Error(`the way to ${state} led to ${booth.visit()}`);
  return booth;
}

export const recordingLimit = config.event.limitSeconds * 1000;
