import * as contract from '../../shared/programme/contract.ts';
import { conferenceForActor } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { serveChange } from '../core/http/serve.ts';
import { addPass, editPass, removePass } from './pass-commands.ts';
import { addPlenary, editPlenary, removePlenary } from './plenary-commands.ts';
import { addRoom, editRoom, removeRoom } from './room-commands.ts';
import { moveSession, placeWorkshop, removeSession } from './session-commands.ts';
import { addWorkshop, editWorkshop, removeWorkshop } from './workshop-commands.ts';

export default function routes(app: App): void {
  serveChange(app, contract.addPass, (change, { params, body }) =>
    addPass(change, conferenceForActor(change, params.slug).id, body),
  );
  serveChange(app, contract.editPass, (change, { params, body }) =>
    editPass(change, conferenceForActor(change, params.slug).id, params.passId, body),
  );
  serveChange(app, contract.removePass, (change, { params }) =>
    removePass(change, conferenceForActor(change, params.slug).id, params.passId),
  );

  serveChange(app, contract.addRoom, (change, { params, body }) =>
    addRoom(change, conferenceForActor(change, params.slug).id, body),
  );
  serveChange(app, contract.editRoom, (change, { params, body }) =>
    editRoom(change, conferenceForActor(change, params.slug).id, params.roomId, body),
  );
  serveChange(app, contract.removeRoom, (change, { params }) =>
    removeRoom(change, conferenceForActor(change, params.slug).id, params.roomId),
  );

  serveChange(app, contract.addWorkshop, (change, { params, body }) =>
    addWorkshop(change, conferenceForActor(change, params.slug).id, body),
  );
  serveChange(app, contract.editWorkshop, (change, { params, body }) =>
    editWorkshop(change, conferenceForActor(change, params.slug).id, params.workshopId, body),
  );
  serveChange(app, contract.removeWorkshop, (change, { params }) =>
    removeWorkshop(change, conferenceForActor(change, params.slug).id, params.workshopId),
  );

  serveChange(app, contract.addPlenary, (change, { params, body }) =>
    addPlenary(change, conferenceForActor(change, params.slug).id, body),
  );
  serveChange(app, contract.editPlenary, (change, { params, body }) =>
    editPlenary(change, conferenceForActor(change, params.slug).id, params.plenaryId, body),
  );
  serveChange(app, contract.removePlenary, (change, { params }) =>
    removePlenary(change, conferenceForActor(change, params.slug).id, params.plenaryId),
  );

  serveChange(app, contract.placeWorkshop, (change, { params, body }) =>
    placeWorkshop(change, conferenceForActor(change, params.slug).id, body),
  );
  serveChange(app, contract.moveSession, (change, { params, body }) =>
    moveSession(change, conferenceForActor(change, params.slug).id, params.sessionId, body),
  );
  serveChange(app, contract.removeSession, (change, { params }) =>
    removeSession(change, conferenceForActor(change, params.slug).id, params.sessionId),
  );
}
