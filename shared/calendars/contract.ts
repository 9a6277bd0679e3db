import { z } from 'zod';
import { conferenceParams } from '../conference/contract.ts';
import { endpoint, type Validator } from '../core/endpoint.ts';
import { idSchema, slugSchema } from '../core/ids.ts';
import { tokenSchema } from '../people/vocabulary.ts';

/** `download` asks the browser to save a copy instead of subscribing. */
const calendarQuery = z.strictObject({ download: z.enum(['1']).optional() });

const validators: readonly Validator[] = ['ETag', 'Last-Modified'];

export const personalFeed = endpoint({
  name: 'personalFeed',
  summary: 'My sessions and the items for everybody, as a calendar that follows changes',
  method: 'GET',
  path: '/calendar/:token.ics',
  action: 'read public programme',
  params: z.strictObject({ token: tokenSchema }),
  query: calendarQuery,
  produces: 'text/calendar',
  validators,
});

export const programmeFeed = endpoint({
  name: 'programmeFeed',
  summary: 'The whole programme as a calendar',
  method: 'GET',
  path: '/c/:slug/programme.ics',
  action: 'read public programme',
  params: z.strictObject({ slug: slugSchema }),
  query: calendarQuery,
  produces: 'text/calendar',
  validators,
});

export const roomFeed = endpoint({
  name: 'roomFeed',
  summary: 'What happens in one room, as a calendar',
  method: 'GET',
  path: '/c/:slug/rooms/:room.ics',
  action: 'read public programme',
  params: z.strictObject({ slug: slugSchema, room: idSchema }),
  query: calendarQuery,
  produces: 'text/calendar',
  validators,
});

export const renewCalendarAddress = endpoint({
  name: 'renewCalendarAddress',
  summary: 'Give my calendar a new address; the old one stops working at once',
  method: 'POST',
  path: '/api/conferences/:slug/me/calendar',
  action: 'change own calendar address',
  params: conferenceParams,
  out: z.strictObject({ feed: z.string(), download: z.string() }),
});
