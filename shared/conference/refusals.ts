import { refusalKind } from '../core/refusal.ts';
import type { Stage } from './stages.ts';
import { stageNames } from './stages.ts';

export const slugTaken = refusalKind<{ slug: string }>('slug-taken', {
  status: 409,
  title: { sv: 'Adressen är upptagen', en: 'The address is taken' },
  detail: ({ slug }) => ({
    sv: `Det finns redan en konferens med adressen ”${slug}”. Välj en annan.`,
    en: `There is already a conference at “${slug}”. Choose another.`,
  }),
  example: { slug: 'utsikt-ar-insikt' },
});

export const hostUnknown = refusalKind<{ hosts: string[] }>('host-unknown', {
  status: 404,
  title: { sv: 'Vilken värd?', en: 'Which host?' },
  detail: ({ hosts }) => ({
    sv:
      hosts.length === 0 ? 'Ange värdens namn med --host.' : `Ange en värd med --host: ${hosts.join(', ')}.`,
    en: hosts.length === 0 ? 'Name the host with --host.' : `Name one host with --host: ${hosts.join(', ')}.`,
  }),
  facts: (facts) => facts,
  example: { hosts: ['Reglab', 'Vårdnätet'] },
});

export const windowBackwards = refusalKind('window-backwards', {
  status: 422,
  title: { sv: 'Fönstret stänger innan det öppnar', en: 'The window closes before it opens' },
  detail: () => ({
    sv: 'Stängningstiden måste ligga efter öppningstiden.',
    en: 'The closing time must come after the opening time.',
  }),
  example: undefined,
});

export const stageBackwards = refusalKind<{ from: Stage; to: Stage }>('stage-backwards', {
  status: 409,
  title: { sv: 'Skedet går inte att backa dit', en: 'The stage cannot go back there' },
  detail: ({ from, to }) => ({
    sv: `Konferensen är i skedet ”${stageNames[from].sv}” och det finns redan val. Därför går det inte att gå tillbaka till ”${stageNames[to].sv}”.`,
    en: `The conference is at the stage “${stageNames[from].en}” and there are picks already, so it cannot go back to “${stageNames[to].en}”.`,
  }),
  example: { from: 'picks', to: 'draft' },
});

export const tooLittleSpace = refusalKind<{ freeMb: number; neededMb: number }>('too-little-space', {
  status: 409,
  title: { sv: 'För lite plats på disken', en: 'Too little space on the disk' },
  detail: ({ freeMb, neededMb }) => ({
    sv: `Valen öppnas inte: ${freeMb} MB är ledigt och ${neededMb} MB behövs. Be den som sköter installationen att ge plats. Ingenting har ändrats.`,
    en: `Choosing is not opened: ${freeMb} MB are free and ${neededMb} MB are needed. Ask whoever runs the installation to make room. Nothing has changed.`,
  }),
  facts: (facts) => facts,
  example: { freeMb: 120, neededMb: 500 },
});
