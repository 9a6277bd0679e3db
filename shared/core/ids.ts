import { z } from 'zod';

/**
 * Public ids are random and say nothing: 14 characters of a 32-letter alphabet without look-alikes (70 bits).
 * The bytes come from the caller, so that seeds can repeat them.
 */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
export const idLength = 14;

export const idSchema = z
  .string()
  .regex(/^[0-9a-z]{1,32}$/u)
  .meta({ examples: ['4q7m2x9d1k8w3n'] });

/** Makes an id of at least 14 random bytes. */
export function idFrom(bytes: Uint8Array): string {
  let id = '';
  for (let i = 0; i < idLength; i++) id += alphabet[bytes[i]! & 31];
  return id;
}

/** A conference's or a host's name in addresses. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/u, { error: 'slug' })
  .meta({ examples: ['utsikt-ar-insikt'] });
