import { z } from 'zod';
import { conferenceParams } from '../conference/contract.ts';
import { endpoint } from '../core/endpoint.ts';
import { idSchema } from '../core/ids.ts';
import { instantSchema, sentenceSchema } from '../core/vocabulary.ts';
import { placing } from '../programme/contract.ts';
import { placedSessionSchema, workshopCodeSchema } from '../programme/vocabulary.ts';
import {
  cannotThen,
  changedElsewhere,
  enoughPicks,
  full,
  hasSeatThen,
  nothingToOffer,
  nothingToRelease,
  offerGone,
  otherQueues,
  ownOffer,
  presentsThen,
  sameWorkshop,
  seatNotHeld,
  tooOften,
  unknownWorkshop,
  windowClosed,
  wishedTwice,
  wrongPass,
} from './refusals.ts';
import { pickSchema, swapOfferSchema, timeOfDaySchema, waitingSchema, wishesSchema } from './vocabulary.ts';

/** Everything an attendee's own page needs. `result` is what a published plan gave, wish by wish. */
export const meSchema = z.strictObject({
  attendee: z.strictObject({
    id: idSchema,
    name: z.string(),
    organisation: z.string().nullable(),
    language: z.enum(['sv', 'en']),
  }),
  picks: z.array(pickSchema),
  waitlist: z.array(waitingSchema),
  wishes: wishesSchema,
  /** Passes in which the attendee presents, with the workshop. */
  presents: z.array(z.strictObject({ pass: idSchema, workshop: workshopCodeSchema })),
  /** Passes in which the attendee cannot come. */
  cannot: z.array(idSchema),
  /** From this time on the day of a pass, no queue moves the attendee in it; null: at any time until it begins. */
  neverMoveAfter: timeOfDaySchema.nullable(),
  /** Swaps offered to others and not yet accepted, at most one for each seat. */
  swapOffers: z.array(swapOfferSchema),
  result: z
    .strictObject({
      plan: z.int(),
      publishedAt: instantSchema,
      /** The seed of the draw that decides between plans that are worth the same. */
      seed: z.int(),
      seats: z.array(
        z.strictObject({
          pass: idSchema,
          workshop: workshopCodeSchema,
          /** Its place in the wishes; null: not wished for. */
          rank: z.int().nullable(),
          /** Why this seat, in both languages. */
          reason: sentenceSchema,
        }),
      ),
      /** Wishes ahead of the worst seat that were not met, and why, in both languages. */
      reasons: z.array(
        z.strictObject({
          workshop: workshopCodeSchema,
          reason: sentenceSchema,
        }),
      ),
    })
    .nullable(),
  calendar: z.strictObject({ feed: z.string(), download: z.string() }),
});
export type Me = z.infer<typeof meSchema>;

const passParams = conferenceParams.extend({ passId: idSchema });

export const getMe = endpoint({
  name: 'getMe',
  summary: 'My picks, my place in queues, my wishes and my calendar addresses',
  method: 'GET',
  path: '/api/conferences/:slug/me',
  action: 'see own day',
  params: conferenceParams,
  out: meSchema,
});

export const takeSeat = endpoint({
  name: 'takeSeat',
  summary: 'Take the seat of a pass, or swap it, all or nothing',
  method: 'PUT',
  path: '/api/conferences/:slug/picks/:passId',
  action: 'change own picks',
  params: passParams,
  body: z.strictObject({
    sessionId: idSchema,
    /** The session this page believes it holds in the pass (null: none). If that is no longer true: `changed-elsewhere`. */
    from: idSchema.nullable().optional(),
    /** When the session is full: keep what I have and queue. */
    waitlist: z.boolean().optional(),
  }),
  out: meSchema,
  refusals: [
    full,
    sameWorkshop,
    windowClosed,
    presentsThen,
    cannotThen,
    changedElsewhere,
    wrongPass,
    enoughPicks,
    tooOften,
  ],
});

export const releaseSeat = endpoint({
  name: 'releaseSeat',
  summary: 'Release the seat of a pass; the waitlist moves in the same instant',
  method: 'DELETE',
  path: '/api/conferences/:slug/picks/:passId',
  action: 'change own picks',
  params: passParams,
  out: meSchema,
  refusals: [windowClosed, nothingToRelease],
});

export const leaveWaitlist = endpoint({
  name: 'leaveWaitlist',
  summary: 'Leave the queue of a session',
  method: 'DELETE',
  path: '/api/conferences/:slug/waitlist/:sessionId',
  action: 'change own picks',
  params: conferenceParams.extend({ sessionId: idSchema }),
  out: meSchema,
});

export const orderWaitlist = endpoint({
  name: 'orderWaitlist',
  summary: 'Say which of the sessions I wait for in a pass I want most; my place in each queue stays',
  method: 'PUT',
  path: '/api/conferences/:slug/waitlist-order/:passId',
  action: 'change own picks',
  params: passParams,
  /** Every session that I wait for in the pass, most wanted first. */
  body: z.strictObject({ sessions: z.array(idSchema).max(100) }),
  out: meSchema,
  refusals: [otherQueues],
});

export const setNeverMoveAfter = endpoint({
  name: 'setNeverMoveAfter',
  summary: 'Say from what time of the day no queue may move me any more',
  method: 'PUT',
  path: '/api/conferences/:slug/never-move-after',
  action: 'change own picks',
  params: conferenceParams,
  body: z.strictObject({ time: timeOfDaySchema.nullable() }),
  out: meSchema,
});

export const offerSwap = endpoint({
  name: 'offerSwap',
  summary: 'Offer my seat of a pass for one in another session of it, to whoever I hand the id of the offer',
  method: 'POST',
  path: '/api/conferences/:slug/swap-offers',
  action: 'change own picks',
  params: conferenceParams,
  /** `wants`: the session whose seat I would have instead. A new offer takes the place of an earlier one of the pass. */
  body: z.strictObject({ passId: idSchema, wants: idSchema }),
  out: meSchema,
  refusals: [windowClosed, nothingToOffer, wrongPass, sameWorkshop, presentsThen, cannotThen],
});

const offerParams = conferenceParams.extend({ offerId: idSchema });

export const withdrawSwap = endpoint({
  name: 'withdrawSwap',
  summary: 'Take an offered swap back',
  method: 'DELETE',
  path: '/api/conferences/:slug/swap-offers/:offerId',
  action: 'change own picks',
  params: offerParams,
  out: meSchema,
  refusals: [offerGone],
});

export const getSwapOffer = endpoint({
  name: 'getSwapOffer',
  summary: 'A swap that somebody offers, and whether I can accept it',
  method: 'GET',
  path: '/api/conferences/:slug/swap-offers/:offerId',
  action: 'see own day',
  params: offerParams,
  out: swapOfferSchema.extend({
    from: z.string(),
    /** Why I cannot accept it, or null. */
    whyNot: z.strictObject({ code: z.string(), reason: sentenceSchema }).nullable(),
  }),
  refusals: [offerGone],
});

export const acceptSwap = endpoint({
  name: 'acceptSwap',
  summary: 'Accept a swap: both seats change hands in the same instant, or nothing does',
  method: 'POST',
  path: '/api/conferences/:slug/swap-offers/:offerId/acceptance',
  action: 'change own picks',
  params: offerParams,
  out: meSchema,
  refusals: [offerGone, ownOffer, seatNotHeld, windowClosed, sameWorkshop, presentsThen, cannotThen],
});

export const castBallot = endpoint({
  name: 'castBallot',
  summary: 'Cast or replace my ranked wishes while their window is open',
  method: 'PUT',
  path: '/api/conferences/:slug/wishes',
  action: 'change own wishes',
  params: conferenceParams,
  body: z.strictObject({ wishes: wishesSchema.meta({ examples: [['W3', 'W1', 'W9']] }) }),
  out: meSchema,
  refusals: [windowClosed, unknownWorkshop, wishedTwice],
});

export const setAbsences = endpoint({
  name: 'setAbsences',
  summary: 'Say in which passes an attendee cannot come',
  method: 'PUT',
  path: '/api/conferences/:slug/attendees/:attendeeId/absences',
  action: 'edit people',
  params: conferenceParams.extend({ attendeeId: idSchema }),
  body: z.strictObject({ passes: z.array(idSchema).max(50) }),
  out: z.strictObject({ passes: z.array(idSchema) }),
  refusals: [hasSeatThen],
});

export const cancelSession = endpoint({
  name: 'cancelSession',
  summary: 'Cancel a session that people have seats in: each is told once, and it can be undone',
  method: 'POST',
  path: '/api/conferences/:slug/sessions/:sessionId/cancellation',
  action: 'edit programme',
  params: conferenceParams.extend({ sessionId: idSchema }),
  /** The id of the cancellation, to undo it by, and how many lost a seat or a place in the queue. */
  out: z.strictObject({ cancellation: idSchema, seats: z.int(), waiting: z.int() }),
});

export const undoCancellation = endpoint({
  name: 'undoCancellation',
  summary:
    'Give a cancelled session after all, where it stood; whoever has chosen nothing else has their seat back',
  method: 'DELETE',
  path: '/api/conferences/:slug/cancellations/:cancellationId',
  action: 'edit programme',
  params: conferenceParams.extend({ cancellationId: idSchema }),
  /** How many have their seat back, and how many have something else by now. */
  out: z.strictObject({ session: placedSessionSchema, seats: z.int(), elsewhere: z.int() }),
  refusals: placing,
});
