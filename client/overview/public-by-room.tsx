import type { Formats } from '../core/formats.ts';
import { paths } from '../core/paths.ts';
import type { PassDay } from '../registration/day.ts';
import { anchorOf, type RoomDay } from './public-model.ts';
import look from './public-page.module.css';
import { usePublicTexts } from './public-texts.ts';
import { Seats } from './public-workshop.tsx';

/** The programme as the doors show it: what is given in each room, pass by pass. */
export function ProgrammeByRoom({
  rooms,
  passes,
  slug,
  formats,
}: {
  readonly rooms: readonly RoomDay[];
  readonly passes: readonly PassDay[];
  readonly slug: string;
  readonly formats: Formats;
}) {
  const t = usePublicTexts();
  const severalDays = new Set(passes.map(({ startsAt }) => formats.dayKey(startsAt))).size > 1;
  return rooms.map(({ room, passes: inRoom }) => (
    <section key={room.id} id={room.id} className={look['room']}>
      <header className={look['roomHeader']}>
        <h2 className={look['roomName']}>{room.name}</h2>
        <p className={look['facts']}>{t('seats', { count: room.capacity })}</p>
        <p className={look['roomCalendar']}>
          <a href={`${paths.programme(slug)}/rooms/${room.id}.ics`}>
            {t('roomCalendar')}
            <span className={look['forEars']}> {room.name}</span>
          </a>
        </p>
      </header>
      <ul className={look['slots']}>
        {inRoom.map(({ pass, choice }) => (
          <li key={pass.id} data-pass={pass.colour} className={choice ? look['slot'] : look['emptySlot']}>
            <p className={look['slotTime']}>
              <strong>{pass.name}</strong> {severalDays && `${formats.date(pass.startsAt)} `}
              <time dateTime={pass.startsAt}>{formats.timeRange(pass.startsAt, pass.endsAt)}</time>
            </p>
            {choice ? (
              <>
                <h3 className={look['slotTitle']}>
                  <a href={`${paths.programme(slug)}#${encodeURIComponent(anchorOf(passes, choice))}`}>
                    <span className={look['slotCode']}>{choice.workshop.code}</span> {choice.workshop.title}
                  </a>
                </h3>
                <p className={look['facts']}>
                  <Seats choice={choice} />
                </p>
              </>
            ) : (
              <p className={look['facts']}>{t('nothingThen')}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  ));
}
