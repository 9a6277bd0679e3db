/** Every address of the client, so that a link cannot be mistyped. */
export const paths = {
  home: '/',
  accessibility: '/accessibility',
  programme: (slug: string) => `/c/${slug}`,
  myDay: (slug: string) => `/c/${slug}/me`,
  swap: (slug: string, offer: string) => `/c/${slug}/me?swap=${offer}`,
  organise: '/organise',
  board: (slug: string) => `/organise/${slug}`,
  workshops: (slug: string) => `/organise/${slug}/workshops`,
  newWorkshop: (slug: string) => `/organise/${slug}/workshops/new`,
  workshop: (slug: string, workshop: string) => `/organise/${slug}/workshops/${workshop}`,
  day: (slug: string) => `/organise/${slug}/rooms`,
  /** What the code that an attendee shows at the door leads to. */
  door: (slug: string, attendee: string) => `/organise/${slug}/attendees?find=${attendee}`,
  attendees: (slug: string) => `/organise/${slug}/attendees`,
  plans: (slug: string) => `/organise/${slug}/plans`,
  plan: (slug: string, plan: string) => `/organise/${slug}/plans/${plan}`,
  comparison: (slug: string, plan: string, other: string) => `/organise/${slug}/plans/${plan}?with=${other}`,
  lists: (slug: string) => `/organise/${slug}/lists`,
  list: (slug: string, session: string) => `/organise/${slug}/lists/${session}`,
  letters: (slug: string) => `/organise/${slug}/letters`,
  settings: (slug: string) => `/organise/${slug}/settings`,
} as const;
