import { type ReactNode, useState } from 'react';
import { addPass, addPlenary, addRoom } from '../../shared/programme/contract.ts';
import { featureNames } from '../../shared/programme/features.ts';
import type { Pass, Plenary, Room } from '../../shared/programme/vocabulary.ts';
import { localIntervalOf, sentInterval } from '../conference/local-time.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useCommonTexts } from '../core/common-texts.ts';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { useTitle } from '../core/title.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Hidden } from '../ui/hidden.tsx';
import { Notice } from '../ui/notice.tsx';
import { passColour } from '../ui/pass-colour.ts';
import { PageHeading, Section } from '../ui/section.tsx';
import { useProgramme } from './organised-programme.ts';
import { type ItemProps, PassForm } from './pass-form.tsx';
import { PlenaryForm } from './plenary-form.tsx';
import { useDayTexts } from './programme-texts.ts';
import { RoomForm } from './room-form.tsx';
import look from './day-page.module.css';

type Open =
  | { readonly kind: 'pass'; readonly item: Pass | null }
  | { readonly kind: 'room'; readonly item: Room | null }
  | { readonly kind: 'plenary'; readonly item: Plenary | null };

/** What was just done, with the way back where there is one. */
interface Done {
  readonly sentence: string;
  readonly undo: { readonly name: string; readonly send: () => Promise<unknown> } | null;
}

/** The frame of the programme: passes, rooms and what is for everybody. */
export function DayPage() {
  const t = useDayTexts();
  const common = useCommonTexts();
  const { language } = useLanguage();
  const programme = useProgramme();
  const { conference, passes, rooms, plenaries } = programme;
  const { slug, timeZone } = conference;
  const { timeRange, longDate } = useFormats(timeZone);
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const restore = useConferenceWrite(slug, (send: () => Promise<unknown>) => send());
  useTitle(t('title'), conference.name);

  const close = (): void => setOpen(null);
  const saved = (name: string): void => {
    close();
    setDone({ sentence: t('saved', { name }), undo: null });
  };
  const removed = (name: string, again: (() => Promise<unknown>) | null): void => {
    close();
    setDone({ sentence: t('removed', { name }), undo: again && { name, send: again } });
  };
  const undo = ({ name, send }: NonNullable<Done['undo']>): void =>
    restore.mutate(send, {
      onSuccess: () => setDone({ sentence: t('restored', { name }), undo: null }),
    });
  const times = (item: { startsAt: string; endsAt: string }) => sentInterval(localIntervalOf(item, timeZone));
  const passName = (id: string) => passes.find((pass) => pass.id === id)?.name ?? '';
  const form = { programme, onSaved: saved, onClose: close };

  return (
    <>
      <PageHeading title={t('title')} under={t('under', { timeZone })} />
      {done && (
        <Notice
          announced
          actions={
            done.undo && (
              <Button busy={restore.isPending} onClick={() => done.undo && undo(done.undo)}>
                {t('undo')}
              </Button>
            )
          }
        >
          <p>{done.sentence}</p>
        </Notice>
      )}
      <Section
        title={t('passes')}
        under={t('passesUnder')}
        actions={<Button onClick={() => setOpen({ kind: 'pass', item: null })}>{t('addPass')}</Button>}
      >
        <Items empty={passes.length === 0 ? t('noPasses') : null}>
          {passes.map((pass, index) => (
            <Item
              key={pass.id}
              name={
                <span data-pass={passColour(index)} className={look['pass']}>
                  {pass.name}
                </span>
              }
              plainName={pass.name}
              onEdit={() => setOpen({ kind: 'pass', item: pass })}
            >
              {timeRange(pass.startsAt, pass.endsAt)}, {longDate(pass.startsAt)}
            </Item>
          ))}
        </Items>
      </Section>
      <Section
        title={t('rooms')}
        under={t('roomsUnder')}
        actions={<Button onClick={() => setOpen({ kind: 'room', item: null })}>{t('addRoom')}</Button>}
      >
        <Items empty={rooms.length === 0 ? t('noRooms') : null}>
          {rooms.map((room) => (
            <Item
              key={room.id}
              name={room.name}
              plainName={room.name}
              onEdit={() => setOpen({ kind: 'room', item: room })}
            >
              {[
                t('seats', { count: room.capacity }),
                room.features.map((feature) => featureNames[feature][language]).join(', '),
                room.closed.length > 0 && `${t('closedIn')} ${room.closed.map(passName).join(', ')}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </Item>
          ))}
        </Items>
      </Section>
      <Section
        title={t('plenaries')}
        under={t('plenariesUnder')}
        actions={<Button onClick={() => setOpen({ kind: 'plenary', item: null })}>{t('addPlenary')}</Button>}
      >
        <Items empty={plenaries.length === 0 ? t('noPlenaries') : null}>
          {plenaries.map((plenary) => (
            <Item
              key={plenary.id}
              name={plenary.title}
              plainName={plenary.title}
              onEdit={() => setOpen({ kind: 'plenary', item: plenary })}
            >
              {[
                timeRange(plenary.startsAt, plenary.endsAt),
                longDate(plenary.startsAt),
                t(`kind_${plenary.kind}`),
                plenary.place,
              ]
                .filter(Boolean)
                .join(' · ')}
            </Item>
          ))}
        </Items>
      </Section>
      <Dialog
        open={open !== null}
        title={open ? dialogTitle(t, open) : ''}
        closeLabel={common('close')}
        onClose={close}
      >
        {open?.kind === 'pass' && (
          <PassForm
            {...form}
            item={open.item}
            onRemoved={(pass) =>
              removed(
                pass.name,
                isMentioned(pass.id, programme)
                  ? null
                  : () => call(addPass, { params: { slug }, body: { name: pass.name, ...times(pass) } }),
              )
            }
          />
        )}
        {open?.kind === 'room' && (
          <RoomForm
            {...form}
            item={open.item}
            onRemoved={({ name, capacity, features, closed }) =>
              removed(name, () =>
                call(addRoom, { params: { slug }, body: { name, capacity, features, closed } }),
              )
            }
          />
        )}
        {open?.kind === 'plenary' && (
          <PlenaryForm
            {...form}
            item={open.item}
            onRemoved={(plenary) => {
              const { title, kind, place, summary } = plenary;
              const body = { title, kind, place, summary, ...times(plenary) };
              removed(title, () => call(addPlenary, { params: { slug }, body }));
            }}
          />
        )}
      </Dialog>
    </>
  );
}

/** Rooms closed in a pass and workshops bound to it forget it when it goes; adding the pass again would not tell them. */
function isMentioned(pass: string, { rooms, workshops }: ItemProps<Pass>['programme']): boolean {
  return [...rooms.flatMap((room) => room.closed), ...workshops.flatMap((w) => w.passes)].includes(pass);
}

function dialogTitle(t: ReturnType<typeof useDayTexts>, open: Open): string {
  if (open.item) return t('editNamed', { name: 'name' in open.item ? open.item.name : open.item.title });
  return t(({ pass: 'newPass', room: 'newRoom', plenary: 'newPlenary' } as const)[open.kind]);
}

function Items({ empty, children }: { readonly empty: string | null; readonly children: ReactNode }) {
  return empty === null ? (
    <ul className={look['items']}>{children}</ul>
  ) : (
    <p className={look['none']}>{empty}</p>
  );
}

interface ItemRowProps {
  readonly name: ReactNode;
  readonly plainName: string;
  readonly onEdit: () => void;
  readonly children: ReactNode;
}

function Item({ name, plainName, onEdit, children }: ItemRowProps) {
  const t = useDayTexts();
  return (
    <li className={look['item']}>
      <div>
        <p className={look['name']}>{name}</p>
        <p className={look['facts']}>{children}</p>
      </div>
      <Button kind="quiet" onClick={onEdit}>
        {t('edit')} <Hidden>{plainName}</Hidden>
      </Button>
    </li>
  );
}
