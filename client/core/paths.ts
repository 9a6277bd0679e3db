/** Every address of the client, so that a link cannot be mistyped. */
export const paths = {
  home: '/',
  programme: (slug: string) => `/c/${slug}`,
  myDay: (slug: string) => `/c/${slug}/me`,
  organise: '/organise',
  board: (slug: string) => `/organise/${slug}`,
  workshops: (slug: string) => `/organise/${slug}/workshops`,
  newWorkshop: (slug: string) => `/organise/${slug}/workshops/new`,
  workshop: (slug: string, workshop: string) => `/organise/${slug}/workshops/${workshop}`,
  day: (slug: string) => `/organise/${slug}/rooms`,
  attendees: (slug: string) => `/organise/${slug}/attendees`,
  plans: (slug: string) => `/organise/${slug}/plans`,
  plan: (slug: string, plan: string) => `/organise/${slug}/plans/${plan}`,
  comparison: (slug: string, plan: string, other: string) => `/organise/${slug}/plans/${plan}?with=${other}`,
  lists: (slug: string) => `/organise/${slug}/lists`,
  list: (slug: string, session: string) => `/organise/${slug}/lists/${session}`,
  settings: (slug: string) => `/organise/${slug}/settings`,
} as const;
