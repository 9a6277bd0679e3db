import { describe, expect, test } from 'vitest';
import { whyNotPublish, whyNotRun } from '../../../shared/planning/rules.ts';

describe('a plan can be run', () => {
  const enough = { running: null, passes: 3, rooms: 5, workshops: 15, attendees: 300 };

  test('with something of everything and none running', () => {
    expect(whyNotRun(enough)).toBeNull();
  });

  test.each(['passes', 'rooms', 'workshops', 'attendees'] as const)('not without %s', (missing) => {
    expect(whyNotRun({ ...enough, [missing]: 0 })).toMatchObject({
      code: 'nothing-to-plan',
      facts: { missing },
    });
  });

  test('not beside one that is running', () => {
    expect(whyNotRun({ ...enough, running: 4 })).toMatchObject({
      code: 'plan-running',
      facts: { number: 4 },
    });
  });
});

describe('a plan can be published', () => {
  const plan = { number: 4, objective: 'ranks', complete: true, changesSince: null, moved: 12 };

  test('before people choose, whatever it was computed for', () => {
    expect(whyNotPublish(plan, 'wishes')).toBeNull();
    expect(whyNotPublish({ ...plan, objective: 'fair' }, 'planning')).toBeNull();
  });

  test('once people choose, only when it was computed to move few', () => {
    expect(whyNotPublish(plan, 'picks')).toMatchObject({ code: 'picks-would-move', facts: { moved: 12 } });
    expect(whyNotPublish({ ...plan, objective: 'changes' }, 'picks')).toBeNull();
    expect(whyNotPublish({ ...plan, objective: 'changes' }, 'onsite')).toBeNull();
  });

  test('not without a result', () => {
    expect(whyNotPublish({ ...plan, complete: false }, 'planning')).toMatchObject({ code: 'plan-not-done' });
  });

  test('not after something changed, even where nobody can say what', () => {
    const changed = whyNotPublish({ ...plan, changesSince: ['room-added'] }, 'planning');
    expect(changed).toMatchObject({ code: 'stale', facts: { number: 4, changes: ['room-added'] } });
    expect(whyNotPublish({ ...plan, changesSince: [] }, 'planning')).toMatchObject({ code: 'stale' });
  });
});
