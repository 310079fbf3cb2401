import type { ComponentType } from 'react';
import type { ScreenName } from '../which-screen.ts';
import { Attract } from './Attract.tsx';
import { Check, Help, NoMicrophone } from './Check.tsx';
import { Choices, Contact, NameShown } from './Choices.tsx';
import { Code } from './Code.tsx';
import { Cooperative } from './Cooperative.tsx';
import { Declined, Erased, Loading, Resting, Unheard, Withdrawn, Working } from './Farewell.tsx';
import { Guardian } from './Guardian.tsx';
import { Minor, Pin } from './Minor.tsx';
import { Name } from './Name.tsx';
import { Notice } from './Notice.tsx';
import { Countdown, Question, Refused } from './Question.tsx';
import { Recording } from './Recording.tsx';
import { Review } from './Review.tsx';
import { Signature } from './Signature.tsx';
import { Thanks } from './Thanks.tsx';
import { Ticket } from './Ticket.tsx';

/** Every screen by its name. */
export const screens: Record<ScreenName, ComponentType> = {
  loading: Loading,
  attract: Attract,
  resting: Resting,
  notice: Notice,
  declined: Declined,
  minor: Minor,
  pin: Pin,
  guardian: Guardian,
  signature: Signature,
  name: Name,
  cooperative: Cooperative,
  check: Check,
  help: Help,
  noMicrophone: NoMicrophone,
  question: Question,
  countdown: Countdown,
  refused: Refused,
  recording: Recording,
  stopping: () => <Working name="stopping" />,
  unheard: Unheard,
  review: Review,
  choices: Choices,
  nameShown: NameShown,
  contact: Contact,
  keeping: () => <Working name="keeping" />,
  thanks: Thanks,
  erasing: () => <Working name="erasing" />,
  erased: Erased,
  code: Code,
  ticket: Ticket,
  withdrawing: () => <Working name="withdrawing" />,
  withdrawn: Withdrawn,
};
