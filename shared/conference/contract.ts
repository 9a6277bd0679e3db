import { z } from 'zod';
import { endpoint } from '../core/endpoint.ts';
import { slugSchema } from '../core/ids.ts';
import { languageSchema } from '../core/vocabulary.ts';
import { notFound } from '../core/refusals.ts';
import { lineSchema, paragraphSchema } from '../core/text.ts';
import { timeZoneSchema } from '../core/vocabulary.ts';
import { slugTaken, stageBackwards, tooLittleSpace, windowBackwards } from './refusals.ts';
import { conferenceSchema, rulesSchema, stageSchema, windowSchema } from './vocabulary.ts';

export const conferenceParams = z.strictObject({ slug: slugSchema });

/** The organiser's own conferences, published or not. */
export const listOwnConferences = endpoint({
  name: 'listOwnConferences',
  summary: "The host's conferences, for its organisers",
  method: 'GET',
  path: '/api/organiser/conferences',
  action: 'see conference',
  out: z.strictObject({ items: z.array(conferenceSchema) }),
});

export const createConference = endpoint({
  name: 'createConference',
  summary: 'Create a conference at the stage draft, not published',
  method: 'POST',
  path: '/api/organiser/conferences',
  action: 'edit conference',
  body: z.strictObject({
    slug: slugSchema,
    name: lineSchema(120).meta({ examples: ['Utsikt är insikt'] }),
    timeZone: timeZoneSchema,
    language: languageSchema,
    /** The host's slug. Organisers need not name their own; the operator names one where there are several. */
    host: slugSchema.optional(),
  }),
  out: conferenceSchema,
  refusals: [slugTaken, notFound],
});

export const getSettings = endpoint({
  name: 'getSettings',
  summary: 'One conference with its settings, for its organisers',
  method: 'GET',
  path: '/api/conferences/:slug/settings',
  action: 'see conference',
  params: conferenceParams,
  out: conferenceSchema,
});

export const editSettings = endpoint({
  name: 'editSettings',
  summary: 'Change name, rules, windows or retention; what is left out stays as it is',
  method: 'PATCH',
  path: '/api/conferences/:slug/settings',
  action: 'edit conference',
  params: conferenceParams,
  body: z.strictObject({
    name: lineSchema(120)
      .meta({ examples: ['Utsikt är insikt'] })
      .optional(),
    tagline: paragraphSchema(300).optional(),
    rules: rulesSchema.partial().optional(),
    windows: z.strictObject({ wishes: windowSchema.optional(), picks: windowSchema.optional() }).optional(),
    retentionDays: z.int().min(1).max(731).optional(),
  }),
  out: conferenceSchema,
  refusals: [windowBackwards, tooLittleSpace],
});

export const changeStage = endpoint({
  name: 'changeStage',
  summary: 'Take the conference to another stage',
  method: 'PUT',
  path: '/api/conferences/:slug/stage',
  action: 'edit conference',
  params: conferenceParams,
  body: z.strictObject({ stage: stageSchema }),
  out: conferenceSchema,
  refusals: [stageBackwards, tooLittleSpace],
});

export const publishProgramme = endpoint({
  name: 'publishProgramme',
  summary: 'Show the programme to everyone',
  method: 'PUT',
  path: '/api/conferences/:slug/publication',
  action: 'edit conference',
  params: conferenceParams,
  out: conferenceSchema,
});

export const withdrawProgramme = endpoint({
  name: 'withdrawProgramme',
  summary: 'Hide the programme again',
  method: 'DELETE',
  path: '/api/conferences/:slug/publication',
  action: 'edit conference',
  params: conferenceParams,
  out: conferenceSchema,
});

export const listOrganisations = endpoint({
  name: 'listOrganisations',
  summary: "The host's member organisations",
  method: 'GET',
  path: '/api/conferences/:slug/organisations',
  action: 'see people',
  params: conferenceParams,
  out: z.strictObject({ items: z.array(z.string()) }),
});
