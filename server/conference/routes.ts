import {
  changeStage as changeStageCall,
  createConference as createConferenceCall,
  editSettings as editSettingsCall,
  getSettings,
  listOrganisations,
  listOwnConferences,
  publishProgramme as publishProgrammeCall,
  withdrawProgramme as withdrawProgrammeCall,
} from '../../shared/conference/contract.ts';
import { whyNotOpenPicks } from '../../shared/conference/rules.ts';
import { refuseIf } from '../../shared/core/refusal.ts';
import { freeMegabytes } from '../core/data-folder.ts';
import type { App } from '../core/http/app-type.ts';
import { serve, serveChange } from '../core/http/serve.ts';
import {
  changeStage,
  createConference,
  editSettings,
  hostForNewConference,
  publishProgramme,
  withdrawProgramme,
} from './commands.ts';
import { conferenceAnswer, conferenceForActor, listConferencesOf, listOrganisationsOf } from './queries.ts';

export default function routes(app: App): void {
  serve(app, listOwnConferences, (call) => ({ items: listConferencesOf(call).map(conferenceAnswer) }));

  serveChange(app, createConferenceCall, (change, { body: { host, ...conference } }) =>
    conferenceAnswer(createConference(change, hostForNewConference(change, host), conference)),
  );

  serve(app, getSettings, (call) => conferenceAnswer(conferenceForActor(call, call.params.slug)));

  serveChange(app, editSettingsCall, (change, { params, body }) => {
    const { id } = conferenceForActor(change, params.slug);
    if (body.windows?.picks?.opensAt != null) refuseWithoutSpace(app);
    return conferenceAnswer(editSettings(change, id, body));
  });

  serveChange(app, changeStageCall, (change, { params, body: { stage } }) => {
    const { id } = conferenceForActor(change, params.slug);
    if (stage === 'picks' || stage === 'onsite') refuseWithoutSpace(app);
    return conferenceAnswer(changeStage(change, id, stage));
  });

  serveChange(app, publishProgrammeCall, (change, { params }) =>
    conferenceAnswer(publishProgramme(change, conferenceForActor(change, params.slug).id)),
  );

  serveChange(app, withdrawProgrammeCall, (change, { params }) =>
    conferenceAnswer(withdrawProgramme(change, conferenceForActor(change, params.slug).id)),
  );

  serve(app, listOrganisations, (call) => {
    const { hostId } = conferenceForActor(call, call.params.slug);
    return { items: listOrganisationsOf(call.db, hostId).map(({ name }) => name) };
  });
}

function refuseWithoutSpace({ store, config }: App): void {
  refuseIf(whyNotOpenPicks({ freeMb: freeMegabytes(store.folder), neededMb: config.minFreeMb }));
}
