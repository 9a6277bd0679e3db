import { z } from 'zod';
import { endpoint } from '../../../../shared/core/endpoint.ts';
import { idSchema } from '../../../../shared/core/ids.ts';
import { refuseIf } from '../../../../shared/core/refusal.ts';
import { notFound } from '../../../../shared/core/refusals.ts';
import { lineSchema, mailSchema } from '../../../../shared/core/text.ts';
import type { App } from '../../../../server/core/http/app-type.ts';
import { serve, serveChange } from '../../../../server/core/http/serve.ts';
import { audit } from '../../../../server/core/tables.ts';

/** A small contract of its own, so that the form of requests is tested apart from what Verkstad does. */
const noteSchema = z.strictObject({ id: idSchema, title: z.string(), capacity: z.int() });

export const addNote = endpoint({
  name: 'addNote',
  summary: 'Add a note',
  method: 'POST',
  path: '/api/notes',
  action: 'read public programme',
  body: z.strictObject({
    title: lineSchema(40),
    capacity: z.int().min(0).max(1000),
    mail: mailSchema.optional(),
    tags: z.array(idSchema).optional(),
  }),
  out: noteSchema,
});

export const addOwnNote = endpoint({
  ...addNote,
  name: 'addOwnNote',
  path: '/api/own-notes',
  action: 'see own day',
});

export const listNotes = endpoint({
  name: 'listNotes',
  summary: 'Notes, some at a time',
  method: 'GET',
  path: '/api/notes',
  action: 'read public programme',
  query: z.strictObject({
    limit: z.int().max(100).default(10),
    open: z.boolean().optional(),
    tag: z.array(z.string()).optional(),
  }),
  out: z.strictObject({ limit: z.int(), open: z.boolean().optional(), tag: z.array(z.string()).optional() }),
});

export const getNote = endpoint({
  name: 'getNote',
  summary: 'One note',
  method: 'GET',
  path: '/api/notes/:id',
  action: 'read public programme',
  params: z.strictObject({ id: idSchema }),
  out: noteSchema,
});

export const deleteNote = endpoint({
  name: 'deleteNote',
  summary: 'Take a note away',
  method: 'DELETE',
  path: '/api/notes/:id',
  action: 'read public programme',
  params: z.strictObject({ id: idSchema }),
  refusals: [notFound],
});

/** The header X-Test-Attendee signs in. */
export function noteRoutes(app: App): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const attendeeId = request.headers['x-test-attendee'];
    if (typeof attendeeId === 'string') request.actor = { kind: 'attendee', conferenceId: 'c1', attendeeId };
    done();
  });
  for (const contract of [addNote, addOwnNote]) {
    serveChange(app, contract, (change, { body }) => {
      const id = change.newId();
      change.audit({ action: 'noted', subject: { kind: 'note', id: body.title } });
      return { id, title: body.title, capacity: body.capacity };
    });
  }
  serve(app, listNotes, ({ query }) => query);
  serve(app, getNote, ({ params }) => {
    if (params.id === 'fails') throw new TypeError('ada@example.org was here');
    return { id: params.id, title: 'A note', capacity: params.id === 'lies' ? Number.NaN : 1 };
  });
  serveChange(app, deleteNote, (_change, { params }) => {
    refuseIf(params.id === 'gone' ? notFound() : null);
  });
}

export function titlesOf(app: App): string[] {
  return app.store.db
    .select({ title: audit.subjectId })
    .from(audit)
    .orderBy(audit.id)
    .all()
    .map(({ title }) => title);
}
