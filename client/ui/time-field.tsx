import type { CalendarDate, Time } from '@internationalized/date';
import { toCalendarDate } from '@internationalized/date';
import {
  DateField,
  DateInput,
  DateSegment,
  FieldError,
  I18nProvider,
  Label,
  Text,
  TimeField,
} from 'react-aria-components';
import { useLanguage } from '../core/language.ts';
import { localeOf } from '../core/formats.ts';
import field from './field.module.css';
import look from './time-field.module.css';

interface PartProps<Value> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly value: Value | null;
  /** Null while the value is being typed or has been emptied. */
  readonly onChange: (value: Value | null) => void;
}

/** A day, typed or stepped part by part in the order of the page's language. */
export function DayField({ label, hint, problem, value, onChange }: PartProps<CalendarDate>) {
  const { language } = useLanguage();
  return (
    <I18nProvider locale={localeOf(language)}>
      <DateField
        className={field['field'] ?? ''}
        value={value}
        shouldForceLeadingZeros
        isInvalid={Boolean(problem)}
        onChange={(next) => onChange(next && toCalendarDate(next))}
      >
        <Inside label={label} hint={hint} problem={problem} />
      </DateField>
    </I18nProvider>
  );
}

/** A time of day, 24 hours. */
export function ClockField({ label, hint, problem, value, onChange }: PartProps<Time>) {
  const { language } = useLanguage();
  return (
    <I18nProvider locale={localeOf(language)}>
      <TimeField
        className={field['field'] ?? ''}
        value={value}
        hourCycle={24}
        shouldForceLeadingZeros
        isInvalid={Boolean(problem)}
        onChange={onChange}
      >
        <Inside label={label} hint={hint} problem={problem} />
      </TimeField>
    </I18nProvider>
  );
}

function Inside({
  label,
  hint,
  problem,
}: {
  readonly label: string;
  readonly hint: string | undefined;
  readonly problem: string | undefined;
}) {
  return (
    <>
      <Label className={field['label'] ?? ''}>{label}</Label>
      {hint && (
        <Text slot="description" className={field['hint'] ?? ''}>
          {hint}
        </Text>
      )}
      <DateInput className={look['input'] ?? ''}>
        {(segment) => <DateSegment segment={segment} className={look['segment'] ?? ''} />}
      </DateInput>
      <FieldError className={field['problem'] ?? ''}>{problem}</FieldError>
    </>
  );
}
