import { Link } from 'react-router';
import { featureNames } from '../../shared/programme/features.ts';
import type { Board } from '../../shared/overview/contract.ts';
import { useLanguage } from '../core/language.ts';
import { paths } from '../core/paths.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import type { Hand } from './board-hand.ts';
import type { BoardWorkshop, TrayItem } from './board-model.ts';
import { trayOf } from './board-model.ts';
import type { PressHandler } from './board-page.tsx';
import { useBoardTexts } from './board-texts.ts';
import look from './board-tray.module.css';

interface BoardTrayProps {
  readonly board: Board;
  readonly hand: Hand;
  readonly onPress: PressHandler;
  /** Picked up from the tray; by keyboard the next thing is to find a cell. */
  readonly onLift: (workshop: BoardWorkshop, byKeyboard: boolean) => void;
}

/** Beside the board: the workshop in the hand, or those that have no place yet. Dropping here takes out of the timetable. */
export function BoardTray({ board, hand, onPress, onLift }: BoardTrayProps) {
  const t = useBoardTexts();
  const items = trayOf(board);
  const needed = items.filter((item) => item.missing > 0);
  const again = items.filter((item) => item.missing === 0);
  const carriesSession = hand.lifted?.session;
  const list = (some: readonly TrayItem[]) => (
    <ul className={look['list']}>
      {some.map((item) => (
        <TrayCard
          key={item.workshop.id}
          item={item}
          lifted={!hand.lifted?.session && hand.lifted?.workshop.id === item.workshop.id}
          onPress={onPress}
          onLift={onLift}
        />
      ))}
    </ul>
  );
  return (
    <section
      data-tray=""
      aria-labelledby="tray-title"
      className={classes(look['tray'], carriesSession && !hand.whyNotOut && look['target'])}
    >
      {hand.lifted && <InHand board={board} workshop={hand.lifted.workshop} hand={hand} />}
      <h2 id="tray-title" className={look['heading']}>
        {t('tray')}
      </h2>
      {carriesSession && !hand.whyNotOut && <p className={look['drop']}>{t('trayDrop')}</p>}
      {needed.length > 0 ? list(needed) : <p className={look['none']}>{t('trayEmpty')}</p>}
      {again.length > 0 && (
        <details className={look['again']}>
          <summary>{t('trayAgain')}</summary>
          {list(again)}
        </details>
      )}
    </section>
  );
}

function TrayCard({
  item,
  lifted,
  onPress,
  onLift,
}: {
  readonly item: TrayItem;
  readonly lifted: boolean;
  readonly onPress: PressHandler;
  readonly onLift: BoardTrayProps['onLift'];
}) {
  const t = useBoardTexts();
  const { workshop, missing } = item;
  return (
    <li>
      <button
        type="button"
        aria-pressed={lifted}
        className={look['item']}
        data-workshop={workshop.id}
        onPointerDown={(event) => onPress(event, () => workshop)}
        onClick={(event) => onLift(workshop, event.detail === 0)}
      >
        <span className={look['code']}>{workshop.code}</span>
        <span className={look['title']} lang={workshop.language}>
          {workshop.title}
        </span>
        <span className={look['demand']}>
          <Demand workshop={workshop} />
          {missing > 1 && ` · ${t('traySessions', { count: missing })}`}
        </span>
      </button>
    </li>
  );
}

function InHand({
  board,
  workshop,
  hand,
}: {
  readonly board: Board;
  readonly workshop: BoardWorkshop;
  readonly hand: Hand;
}) {
  const t = useBoardTexts();
  const { language } = useLanguage();
  const no = hand.whyNotOut?.detail[language];
  return (
    <div className={look['hand']}>
      <p className={look['handLabel']}>{t('inHand')}</p>
      <p className={look['handTitle']} lang={workshop.language}>
        <span className={look['code']}>{workshop.code}</span> {workshop.title}
      </p>
      <dl className={look['facts']}>
        {workshop.presenters.length > 0 && (
          <div>
            <dt>{t('presenters')}</dt>
            <dd className={look['names']}>{workshop.presenters.map((p) => p.name).join(', ')}</dd>
          </div>
        )}
        {workshop.requires.length > 0 && (
          <div>
            <dt>{t('needs')}</dt>
            <dd>{workshop.requires.map((feature) => featureNames[feature][language]).join(', ')}</dd>
          </div>
        )}
      </dl>
      <p className={look['demand']}>
        <Demand workshop={workshop} />
      </p>
      {no && <p className={look['demand']}>{no}</p>}
      <div className={look['actions']}>
        <Button onClick={hand.putBack}>{t('cancelLift')}</Button>
        {hand.lifted?.session && (
          <Button onClick={hand.takeOut}>{t(no ? 'cancelSession' : 'takeOut')}</Button>
        )}
        <Link className={look['edit']} to={paths.workshop(board.conference.slug, workshop.id)}>
          {t('editWorkshop')}
        </Link>
      </div>
    </div>
  );
}

function Demand({ workshop }: { readonly workshop: BoardWorkshop }) {
  const t = useBoardTexts();
  return workshop.wished === 0
    ? t('noDemand')
    : t('demand', { first: workshop.wishedFirst, all: workshop.wished });
}
