import { not } from 'xstate';
import * as arriving from './arriving.ts';
import { attention } from './attention.ts';
import { choices } from './choices.ts';
import { code } from './code.ts';
import * as ending from './ending.ts';
import { minor } from './minor.ts';
import { chart } from './setup.ts';
import { microphone, question } from './sound.ts';
import { take, unheard } from './take.ts';
import { blankVisit } from './visit.ts';

/**
 * The visitor's booth as one statechart: the visit, and beside it the attention to whether somebody is still there.
 * It touches nothing but the services it is given (`input`). Every state of the visit leads back to `attract` by ABORT
 * (asked once more where something would be lost) and by the visitor walking away.
 */
export const boothMachine = chart.createMachine({
  id: 'booth',
  context: ({ input }) => ({
    services: input.services,
    config: null,
    readiness: 'ready',
    visit: blankVisit('fr'),
  }),
  type: 'parallel',
  states: {
    visit: {
      initial: 'loading',
      on: {
        ABORT: { guard: not('losesSomething'), target: '#attract' },
        LEAVE: { target: '#attract', actions: 'eraseAll' },
        GONE: '#attract',
      },
      states: {
        loading: arriving.loading,
        unavailable: arriving.unavailable,
        attract: arriving.attract,
        checking: arriving.checking,
        resting: arriving.resting,
        notice: arriving.notice,
        declined: arriving.declined,
        minor,
        who: arriving.who,
        microphone,
        question,
        take,
        unheard,
        review: ending.review,
        choices,
        keeping: ending.keeping,
        thanks: ending.thanks,
        erasing: ending.erasing,
        erased: ending.erased,
        erasedSoon: ending.erasedSoon,
        code,
      },
    },
    attention,
  },
});
