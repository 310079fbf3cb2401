import type { ComponentType } from 'react';
import type { ScreenName } from '../which-screen.ts';
import { Attract } from './Attract.tsx';
import { Check, Help, NoMicrophone } from './Check.tsx';
import { Cooperative } from './Cooperative.tsx';
import { Declined, Erased, Loading, Resting, Thanks, Unheard, Working } from './Farewell.tsx';
import { Name } from './Name.tsx';
import { Notice } from './Notice.tsx';
import { Countdown, Question, Refused } from './Question.tsx';
import { Recording } from './Recording.tsx';
import { Review } from './Review.tsx';

/** Every screen by its name. */
export const screens: Record<ScreenName, ComponentType> = {
  loading: Loading,
  attract: Attract,
  resting: Resting,
  notice: Notice,
  declined: Declined,
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
  keeping: () => <Working name="keeping" />,
  thanks: Thanks,
  erasing: () => <Working name="erasing" />,
  erased: Erased,
};
