import { type FormEvent, useState } from 'react';
import { addPin, removePin } from '../../shared/planning/contract.ts';
import type { Pin } from '../../shared/planning/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { Notice } from '../ui/notice.tsx';
import { usePins } from './decision-queries.ts';
import { useDecisionTexts } from './decision-texts.ts';
import look from './decisions.module.css';

/** What every plan must respect: read, taken away, and added. */
export function Pins() {
  const t = useDecisionTexts();
  const sentence = useErrorSentence();
  const announce = useAnnounce();
  const { conference, passes, rooms, workshops } = useProgramme();
  const { slug } = conference;
  const pins = usePins(slug);
  const [wanted, setWanted] = useState({ workshop: '', pass: '', room: '' });
  const words = usePinWords();
  const add = useConferenceWrite(slug, () =>
    call(addPin, {
      params: { slug },
      body: {
        workshopId: wanted.workshop,
        ...(wanted.pass !== '' && { passId: wanted.pass }),
        ...(wanted.room !== '' && { roomId: wanted.room }),
      },
    }),
  );
  const remove = useConferenceWrite(slug, (pin: Pin) => call(removePin, { params: { slug, pinId: pin.id } }));
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(undefined, {
      onSuccess: (pin) => {
        setWanted({ workshop: '', pass: '', room: '' });
        announce(t('pinned', { pin: words(pin) }));
      },
    });
  };
  const error = add.error ?? remove.error;
  const choice = (key: keyof typeof wanted) => ({
    value: wanted[key],
    onChange: (event: { target: { value: string } }) =>
      setWanted((now) => ({ ...now, [key]: event.target.value })),
  });
  return (
    <>
      <p className={look['muted']}>{pins.data?.items.length === 0 ? t('noPins') : t('pinsBody')}</p>
      {pins.data && pins.data.items.length > 0 && (
        <ul className={look['pins']}>
          {pins.data.items.map((pin) => (
            <li key={pin.id}>
              <span>{words(pin)}</span>
              <Button
                aria-label={t('removePin', { pin: words(pin) })}
                onClick={() =>
                  remove.mutate(pin, { onSuccess: () => announce(t('unpinned', { pin: words(pin) })) })
                }
              >
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <details className={look['more']}>
        <summary className={look['summary']}>{t('newPin')}</summary>
        <form onSubmit={onSubmit} className={look['form']}>
          <SelectField label={t('pinWorkshop')} required {...choice('workshop')}>
            <option value="">{t('choose')}</option>
            {workshops.map(({ id, code, title }) => (
              <option key={id} value={id}>
                {code} {title}
              </option>
            ))}
          </SelectField>
          <SelectField label={t('pinPass')} {...choice('pass')}>
            <option value="">{t('anyPass')}</option>
            {passes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField label={t('pinRoom')} {...choice('room')}>
            <option value="">{t('anyRoom')}</option>
            {rooms.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          {error && (
            <Notice kind="loss" announced>
              <p>{sentence(error)}</p>
            </Notice>
          )}
          <Button type="submit" busy={add.isPending}>
            {t('addPin')}
          </Button>
        </form>
      </details>
    </>
  );
}

/** A pin in the words of the screen: "W4 till Pass 2, Siljan". */
function usePinWords(): (pin: Pin) => string {
  const t = useDecisionTexts();
  const { passes, rooms, workshops } = useProgramme();
  return ({ workshop, pass, room, attendee }) => {
    const code = workshops.find(({ id }) => id === workshop)?.code ?? '';
    const passName = passes.find(({ id }) => id === pass)?.name ?? '';
    const roomName = rooms.find(({ id }) => id === room)?.name ?? '';
    if (attendee === null)
      return t('pinTo', { code, where: [passName, roomName].filter(Boolean).join(', ') });
    return workshop === null
      ? t('pinNoSeat', { name: attendee.name, pass: passName })
      : t('pinSeat', { name: attendee.name, code, pass: passName });
  };
}
