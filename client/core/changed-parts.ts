/**
 * The parts of what a form says that differ from what it said when it was opened. What is left out of a change stays as it is, so
 * that two people can change different parts of one thing and both keep theirs.
 */
export function changedParts<Body extends object>(opened: Body, now: Body): Partial<Body> {
  const parts = Object.entries(now).filter(
    ([part, value]) => JSON.stringify(value) !== JSON.stringify(opened[part as keyof Body]),
  );
  return Object.fromEntries(parts) as Partial<Body>;
}
