// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useSyncExternalStore } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Held, heldIn } from '../../../client/registration/day.ts';
import { everything, type Finding } from '../../../client/registration/find.ts';
import type { MovedUp } from '../../../client/registration/moved-up.ts';
import { PassSection } from '../../../client/registration/pass-section.tsx';
import { createPicking, shown, undoTime } from '../../../client/registration/picking.ts';
import { full } from '../../../shared/registration/refusals.ts';
import { LiveRegion } from '../../../client/ui/live-region.tsx';
import { aDay, openTime } from '../../support/client/a-day.ts';
import { aProblem } from '../../support/client/a-problem.ts';

const nothing: Held = { picks: [], waitlist: [] };

/** The first pass as a person meets it, over a server in memory. */
interface Shows {
  readonly held?: Held;
  readonly open?: boolean;
  readonly refuse?: boolean;
  readonly finding?: Finding;
  readonly moved?: MovedUp | null;
  readonly limit?: number;
}

function showPass({
  held: first = nothing,
  open = true,
  refuse = false,
  finding = everything,
  moved = null,
  limit = 2,
}: Shows = {}) {
  let held = first;
  const calls: string[] = [];
  const picking = createPicking({
    take: (pass, session, _from, waitlist) => {
      calls.push(`${waitlist ? 'queue' : 'take'} ${session}`);
      if (refuse) return Promise.reject(aProblem(full({ workshop: 'W9', waiting: 4 })));
      held = waitlist
        ? { ...held, waitlist: [{ pass, session, position: 5, passedOver: null }] }
        : { ...held, picks: [{ pass, session, source: 'attendee' }] };
      return Promise.resolve(held);
    },
    release: (pass) => {
      calls.push(`release ${pass}`);
      held = { ...held, picks: [] };
      return Promise.resolve(held);
    },
    leaveQueue: () => Promise.resolve(held),
    refresh: () => Promise.resolve(held),
    held: () => held,
    learn: () => {},
    now: () => 0,
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  const whole = aDay();
  const day = { ...whole, conference: { ...whole.conference, picksPerAttendee: limit } };
  function Shown() {
    const state = useSyncExternalStore(picking.subscribe, picking.state);
    return (
      <PassSection
        slug="utsikt"
        day={day}
        pass={day.passes[0]}
        held={shown(held, state)}
        picking={picking}
        state={state}
        open={open}
        now={openTime}
        timeZone="Europe/Stockholm"
        finding={finding}
        onShowAll={() => {}}
        waiting={new Map([['w7-session', 4]])}
        moved={moved}
        offer={null}
        folded={false}
        onUnfold={() => {}}
      />
    );
  }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LiveRegion>
        <Shown />
      </LiveRegion>
    </QueryClientProvider>,
  );
  return { calls, held: () => held };
}

const holdsW1: Held = { picks: [{ pass: 'p1', session: 'w1-session', source: 'attendee' }], waitlist: [] };
const press = (name: string): void => {
  fireEvent.click(screen.getByRole('button', { name }));
};
const settle = () => act(() => vi.advanceTimersByTimeAsync(0));

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('an open pass', () => {
  test('lists what can be chosen with seats in words, my wish first', () => {
    showPass();
    expect(screen.getAllByRole('heading', { level: 3 }).map((h) => h.textContent)).toEqual([
      'W9 W9 om något',
      'W1 W1 om något',
      'W7 W7 om något',
    ]);
    expect(screen.getByText('2 platser kvar')).toBeTruthy();
    expect(screen.getByText('Fullt · 4 väntar')).toBeTruthy();
    expect(screen.getByText(/välj en av tre/u)).toBeTruthy();
  });

  test('a choice becomes the panel, is said aloud and takes the focus', async () => {
    const { calls } = showPass();
    press('Välj W9');
    await settle();
    expect(calls).toEqual(['take w9-session']);
    expect(screen.getByRole('button', { name: 'Lämna platsen W9' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Välj W1' })).toBeNull();
    expect(screen.getByText(/Du har valt W9 i Pass 1/u)).toBeTruthy();
    expect(document.activeElement?.textContent).toContain('W9 om något');
  });

  test('a full workshop offers its queue and says what would happen', async () => {
    const { calls } = showPass();
    press('Vänta på plats W7');
    await settle();
    expect(calls).toEqual(['queue w7-session']);
    expect(screen.getByText('Nummer 5 i kön')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Vänta på plats W7' })).toBeNull();
  });

  test('with as many seats as I may have it is there to read, and says so once', () => {
    const held: Held = { picks: [{ pass: 'p2', session: 'w3-session', source: 'attendee' }], waitlist: [] };
    showPass({ held, limit: 1 });
    screen.getByText('Du får ha en plats. Lämna den om du hellre vill gå här.');
    expect(screen.queryAllByRole('button', { name: /^(?:Välj|Vänta)/u })).toEqual([]);
    cleanup();
    showPass({ held });
    expect(screen.getAllByRole('button', { name: /^Välj/u })).toHaveLength(2);
    expect(screen.queryByText(/^Du får ha/u)).toBeNull();
  });

  test('a seat lost in the same second says so, and offers the next best', async () => {
    showPass({ held: holdsW1, refuse: true });
    press('Byt W1');
    press('Byt hit W9');
    await settle();
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('W9 blev full just nu');
    expect(alert.textContent).toContain('Du har kvar W1');
    expect(screen.getByRole('button', { name: 'Lämna platsen W1' })).toBeTruthy();
  });
});

describe('a chosen pass', () => {
  test('says when a queue has moved me, and from where, until I have chosen something else', async () => {
    showPass({ held: holdsW1, moved: { from: 'w9-session', to: 'w1-session' } });
    const note = screen.getByText('Du fick plats på W1').closest('[role=status]');
    expect(note?.textContent).toContain('Du har flyttats hit från W9.');
    press('Byt W1');
    press('Byt hit W9');
    await settle();
    expect(screen.queryByText('Du fick plats på W1')).toBeNull();
  });

  test('a release can be undone where the finger is, and then nothing was sent', async () => {
    const { calls } = showPass({ held: holdsW1 });
    press('Lämna platsen W1');
    await act(() => vi.advanceTimersByTimeAsync(undoTime - 1000));
    press('Ångra W1');
    await act(() => vi.advanceTimersByTimeAsync(undoTime));
    expect(calls).toEqual([]);
    expect(screen.getByRole('button', { name: 'Lämna platsen W1' })).toBeTruthy();
  });

  test('a release that is not undone is sent after six seconds, and the pass is open again', async () => {
    const { calls, held } = showPass({ held: holdsW1 });
    press('Lämna platsen W1');
    await act(() => vi.advanceTimersByTimeAsync(undoTime));
    expect(calls).toEqual(['release p1']);
    expect(heldIn(held(), 'p1')).toBeNull();
    expect(screen.getByRole('button', { name: 'Välj W1' })).toBeTruthy();
  });

  test('before or after the window everything is to read and nothing to press', () => {
    showPass({ held: holdsW1, open: false });
    const names = screen.getAllByRole('button').map((button) => button.textContent);
    expect(names).toEqual(['W1 W1 om något']);
  });
});
