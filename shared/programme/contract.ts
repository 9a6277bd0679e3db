import { z } from 'zod';
import { conferenceParams } from '../conference/contract.ts';
import { endpoint } from '../core/endpoint.ts';
import { idSchema } from '../core/ids.ts';
import { timeDoesNotExist, timeIsAmbiguous } from '../core/time.ts';
import { localDateTimeSchema } from '../core/vocabulary.ts';
import { presenterSchema } from '../people/vocabulary.ts';
import {
  alreadyInPass,
  capacityBelowTaken,
  codeTaken,
  endsBeforeStarts,
  givenOftenEnough,
  hasPicks,
  lacksFeature,
  nameTaken,
  notInThatPass,
  passesOverlap,
  onlyPassOf,
  presenterBusy,
  roomClosed,
  roomTaken,
  sizesContradict,
  stillUsed,
} from './refusals.ts';
import { passSchema, plenarySchema, roomSchema, placedSessionSchema, workshopSchema } from './vocabulary.ts';

/** Times are typed as local times of the conference's zone; `fold` settles an hour that exists twice. */
const localInterval = {
  startsAt: localDateTimeSchema,
  endsAt: localDateTimeSchema,
  fold: z.enum(['earlier', 'later']).optional(),
};
const timeRefusals = [endsBeforeStarts, timeDoesNotExist, timeIsAmbiguous];

const passParams = conferenceParams.extend({ passId: idSchema });
const roomParams = conferenceParams.extend({ roomId: idSchema });
const workshopParams = conferenceParams.extend({ workshopId: idSchema });
const plenaryParams = conferenceParams.extend({ plenaryId: idSchema });
const sessionParams = conferenceParams.extend({ sessionId: idSchema });
const gone = z.strictObject({ removed: idSchema });

const passBody = z.strictObject({ name: passSchema.shape.name, ...localInterval });

export const addPass = endpoint({
  name: 'addPass',
  summary: 'Add a pass',
  method: 'POST',
  path: '/api/conferences/:slug/passes',
  action: 'edit programme',
  params: conferenceParams,
  body: passBody,
  out: passSchema,
  refusals: [passesOverlap, nameTaken, ...timeRefusals],
});

export const editPass = endpoint({
  name: 'editPass',
  summary: 'Rename or move a pass in time; its sessions follow',
  method: 'PATCH',
  path: '/api/conferences/:slug/passes/:passId',
  action: 'edit programme',
  params: passParams,
  body: passBody.partial(),
  out: passSchema,
  refusals: [passesOverlap, nameTaken, ...timeRefusals],
});

export const removePass = endpoint({
  name: 'removePass',
  summary: 'Remove a pass that has no sessions',
  method: 'DELETE',
  path: '/api/conferences/:slug/passes/:passId',
  action: 'edit programme',
  params: passParams,
  out: gone,
  refusals: [stillUsed, onlyPassOf],
});

const roomBody = roomSchema.omit({ id: true });

export const addRoom = endpoint({
  name: 'addRoom',
  summary: 'Add a room',
  method: 'POST',
  path: '/api/conferences/:slug/rooms',
  action: 'edit programme',
  params: conferenceParams,
  body: roomBody.partial().required({ name: true, capacity: true }),
  out: roomSchema,
  refusals: [nameTaken],
});

export const editRoom = endpoint({
  name: 'editRoom',
  summary: 'Change a room; what is left out stays as it is',
  method: 'PATCH',
  path: '/api/conferences/:slug/rooms/:roomId',
  action: 'edit programme',
  params: roomParams,
  body: roomBody.partial(),
  out: roomSchema,
  refusals: [nameTaken, capacityBelowTaken, roomClosed, lacksFeature],
});

export const removeRoom = endpoint({
  name: 'removeRoom',
  summary: 'Remove a room that has no sessions',
  method: 'DELETE',
  path: '/api/conferences/:slug/rooms/:roomId',
  action: 'edit programme',
  params: roomParams,
  out: gone,
  refusals: [stillUsed],
});

/** Presenters are named: the conference's presenter of that name and affiliation, or a new one. */
const workshopBody = workshopSchema
  .omit({ id: true, presenters: true })
  .extend({ presenters: z.array(presenterSchema.pick({ name: true, affiliation: true })).max(60) });

export const addWorkshop = endpoint({
  name: 'addWorkshop',
  summary: 'Add a workshop',
  method: 'POST',
  path: '/api/conferences/:slug/workshops',
  action: 'edit programme',
  params: conferenceParams,
  body: workshopBody.partial().required({ code: true, title: true }),
  out: workshopSchema,
  refusals: [codeTaken, sizesContradict],
});

export const editWorkshop = endpoint({
  name: 'editWorkshop',
  summary: 'Change a workshop; what is left out stays as it is',
  method: 'PATCH',
  path: '/api/conferences/:slug/workshops/:workshopId',
  action: 'edit programme',
  params: workshopParams,
  body: workshopBody.partial(),
  out: workshopSchema,
  refusals: [
    codeTaken,
    sizesContradict,
    capacityBelowTaken,
    presenterBusy,
    lacksFeature,
    notInThatPass,
    givenOftenEnough,
  ],
});

export const removeWorkshop = endpoint({
  name: 'removeWorkshop',
  summary: 'Remove a workshop that has no sessions; wishes for it go too',
  method: 'DELETE',
  path: '/api/conferences/:slug/workshops/:workshopId',
  action: 'edit programme',
  params: workshopParams,
  out: gone,
  refusals: [stillUsed],
});

const plenaryBody = plenarySchema.omit({ id: true, startsAt: true, endsAt: true }).extend(localInterval);

export const addPlenary = endpoint({
  name: 'addPlenary',
  summary: 'Add a programme item for everybody',
  method: 'POST',
  path: '/api/conferences/:slug/plenaries',
  action: 'edit programme',
  params: conferenceParams,
  body: plenaryBody.partial().required({ title: true, kind: true, startsAt: true, endsAt: true }),
  out: plenarySchema,
  refusals: timeRefusals,
});

export const editPlenary = endpoint({
  name: 'editPlenary',
  summary: 'Change a programme item for everybody',
  method: 'PATCH',
  path: '/api/conferences/:slug/plenaries/:plenaryId',
  action: 'edit programme',
  params: plenaryParams,
  body: plenaryBody.partial(),
  out: plenarySchema,
  refusals: timeRefusals,
});

export const removePlenary = endpoint({
  name: 'removePlenary',
  summary: 'Remove a programme item for everybody',
  method: 'DELETE',
  path: '/api/conferences/:slug/plenaries/:plenaryId',
  action: 'edit programme',
  params: plenaryParams,
  out: gone,
});

/** What may be said against a workshop in a pass and a room. */
export const placing = [
  roomTaken,
  roomClosed,
  alreadyInPass,
  presenterBusy,
  lacksFeature,
  notInThatPass,
  givenOftenEnough,
];

export const placeWorkshop = endpoint({
  name: 'placeWorkshop',
  summary: 'Give a workshop in a pass and a room',
  method: 'POST',
  path: '/api/conferences/:slug/sessions',
  action: 'edit programme',
  params: conferenceParams,
  body: z.strictObject({ workshopId: idSchema, passId: idSchema, roomId: idSchema }),
  out: placedSessionSchema,
  refusals: placing,
});

export const moveSession = endpoint({
  name: 'moveSession',
  summary: 'Move a session to another pass or room; with `swap`, what stands there takes its place',
  method: 'PATCH',
  path: '/api/conferences/:slug/sessions/:sessionId',
  action: 'edit programme',
  params: sessionParams,
  body: z.strictObject({
    passId: idSchema.optional(),
    roomId: idSchema.optional(),
    swap: z.boolean().optional(),
  }),
  out: placedSessionSchema,
  refusals: [...placing, capacityBelowTaken, hasPicks],
});

export const removeSession = endpoint({
  name: 'removeSession',
  summary: 'Take a workshop out of the timetable',
  method: 'DELETE',
  path: '/api/conferences/:slug/sessions/:sessionId',
  action: 'edit programme',
  params: sessionParams,
  out: gone,
  refusals: [hasPicks],
});
