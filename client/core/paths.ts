/** Every address of the client, so that a link cannot be mistyped. */
export const paths = {
  home: '/',
  programme: (slug: string) => `/c/${slug}`,
  myDay: (slug: string) => `/c/${slug}/me`,
  organise: '/organise',
} as const;
