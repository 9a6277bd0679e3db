import type { Play } from './scene.ts';
import { slug } from './world.ts';

const programme = `/c/${slug}`;

export const publicPlays: readonly Play[] = [
  {
    title: 'The public programme',
    seed: { stage: 'picks' },
    scenes: [
      {
        name: 'programme',
        title: 'While people choose: rooms, times, live seats',
        who: 'anybody',
        path: programme,
        english: true,
      },
      {
        name: 'programme-paper',
        title: 'The programme on one sheet of A4',
        who: 'anybody',
        path: programme,
        print: true,
      },
      { name: 'programme-rooms', title: 'Room by room', who: 'anybody', path: `${programme}?by=room` },
      { name: 'programme-topics', title: 'Topic by topic', who: 'anybody', path: `${programme}?by=topic` },
      {
        name: 'accessibility',
        title: 'The accessibility statement',
        who: 'anybody',
        path: '/accessibility',
      },
      { name: 'conferences', title: 'The conferences there are', who: 'anybody', path: '/', english: true },
      {
        name: 'link-unknown',
        title: 'A personal link that does not hold',
        who: 'anybody',
        path: `/me/${'x'.repeat(32)}`,
        shows: '[role=alert]',
        english: true,
      },
      {
        name: 'link-needed',
        title: 'My day without a personal link',
        who: 'anybody',
        path: `/c/${slug}/me`,
      },
      { name: 'not-found', title: 'An address that leads nowhere', who: 'anybody', path: '/c/nowhere' },
      { name: 'reference', title: 'The reference of the API', who: 'anybody', path: '/api' },
      { name: 'sign-in', title: 'The organiser’s office, not signed in', who: 'anybody', path: '/organise' },
    ],
  },
  {
    title: 'The public programme at other stages',
    seed: { stage: 'wishes' },
    scenes: [
      {
        name: 'programme-wishes',
        title: 'While people wish: workshops without time or room',
        who: 'anybody',
        path: programme,
      },
    ],
  },
];
