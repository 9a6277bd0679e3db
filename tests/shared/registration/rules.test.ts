import { describe, expect, it } from 'vitest';
import { type PickFacts, whyNotHold, whyNotPick, whyNotWant } from '../../../shared/registration/rules.ts';

const open = { opensAt: 1000, closesAt: 2000 };

function facts(different: Partial<PickFacts> = {}): PickFacts {
  return {
    now: 1500,
    conference: {
      stage: 'picks',
      timeZone: 'Europe/Stockholm',
      picks: open,
      wishes: open,
      picksPerAttendee: 3,
    },
    pass: { id: 'p1', name: 'Pass 1' },
    session: {
      id: 's1',
      pass: 'p1',
      workshop: 'w1',
      workshopCode: 'W1',
      seats: 10,
      taken: 9,
      waiting: 0,
    },
    held: [],
    presents: null,
    cannotCome: false,
    ...different,
  };
}

const held = (pass: string, session: string, workshop: string) => ({
  pass,
  passName: pass,
  session,
  workshop,
});

describe('a pick', () => {
  it('of the last seat is fine; without a seat left it is full', () => {
    expect(whyNotPick(facts())).toBeNull();
    const session = { ...facts().session, taken: 10, waiting: 4 };
    expect(whyNotPick(facts({ session }))).toMatchObject({
      code: 'full',
      facts: { workshop: 'W1', waiting: 4 },
    });
  });

  it('of a seat one holds is not full', () => {
    const session = { ...facts().session, taken: 10 };
    expect(whyNotPick(facts({ session, held: [held('p1', 's1', 'w1')] }))).toBeNull();
  });

  it('waits for the stage as well as the window', () => {
    const conference = { ...facts().conference, stage: 'planning' as const };
    expect(whyNotWant(facts({ conference }))?.code).toBe('window-closed');
    expect(whyNotWant(facts({ conference: { ...conference, stage: 'onsite' } }))).toBeNull();
    expect(whyNotWant(facts({ now: 999 }))?.code).toBe('window-closed');
    expect(whyNotWant(facts({ now: 1000 }))).toBeNull();
    expect(whyNotWant(facts({ now: 2000 }))?.code).toBe('window-closed');
  });

  it('that comes too early is told when, as the clock of the conference shows it', () => {
    const picks = { opensAt: Date.UTC(2026, 10, 21, 9), closesAt: Date.UTC(2027, 4, 28, 16) };
    const no = whyNotWant(facts({ conference: { ...facts().conference, picks } }));
    expect(no?.detail).toEqual({
      sv: 'Det går inte att välja just nu. Öppet från 21 november 2026 kl. 10:00 till 28 maj 2027 kl. 18:00.',
      en: 'Choosing is not open right now. Open from 21 November 2026 at 10:00 to 28 May 2027 at 18:00.',
    });
    expect(no?.facts).toEqual({
      window: 'picks',
      opensAt: '2026-11-21T09:00:00.000Z',
      closesAt: '2027-05-28T16:00:00.000Z',
    });
  });

  it('does not ask about the page’s belief unless the page says it', () => {
    const choice = [held('p1', 's2', 'w2')];
    expect(whyNotWant(facts({ held: choice }))).toBeNull();
    expect(whyNotWant(facts({ held: choice, from: null }))?.code).toBe('changed-elsewhere');
    expect(whyNotWant(facts({ held: choice, from: 's2' }))).toBeNull();
  });

  it('of a workshop held in another pass names that pass; in the same pass it is a swap of times', () => {
    expect(whyNotWant(facts({ held: [held('p2', 's9', 'w1')] }))).toMatchObject({
      code: 'same-workshop',
      facts: { workshop: 'W1', pass: 'p2' },
    });
    expect(whyNotWant(facts({ held: [held('p1', 's9', 'w1')] }))).toBeNull();
  });

  it('stops at as many as one may have, and swapping adds none', () => {
    const three = [held('p2', 's2', 'w2'), held('p3', 's3', 'w3'), held('p4', 's4', 'w4')];
    expect(whyNotWant(facts({ held: three }))?.code).toBe('enough-picks');
    const here = [...three.slice(1), held('p1', 's5', 'w5')];
    expect(whyNotWant(facts({ held: here }))).toBeNull();
  });
});

describe('a seat that is waited for', () => {
  it('is given whatever the window says', () => {
    expect(whyNotHold(facts({ now: 5000 }))).toBeNull();
  });

  it('is not given to someone who presents or cannot come then', () => {
    expect(whyNotHold(facts({ presents: 'W2' }))?.code).toBe('presents-then');
    expect(whyNotHold(facts({ cannotCome: true }))?.code).toBe('cannot-then');
  });
});
