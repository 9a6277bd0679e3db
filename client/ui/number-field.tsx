import { useState } from 'react';
import { useCommonTexts } from '../core/common-texts.ts';
import { Field } from './field.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | null | undefined;
  /** Null: left empty. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly required?: boolean;
}

/** A whole number. What is typed stays as typed; its form is not sent while it is something else. */
export function NumberField({ label, hint, problem, value, onChange, required }: NumberFieldProps) {
  const t = useCommonTexts();
  const [typed, setTyped] = useState(value === null ? '' : String(value));
  const isNumber = typed.trim() === '' || wholeNumber(typed) !== null;
  return (
    <Field
      label={label}
      hint={hint}
      problem={isNumber ? problem : t('wholeNumber')}
      pattern={wholeNumberPattern}
      inputMode="numeric"
      required={required}
      autoComplete="off"
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(wholeNumber(event.target.value));
      }}
    />
  );
}

/** As `wholeNumber` reads it, for the browser, which tells the form what does not fit. */
const wholeNumberPattern = String.raw`\s*(\d\s*){1,9}`;

function wholeNumber(text: string): number | null {
  const digits = text.replace(/\s/gu, '');
  return /^\d{1,9}$/u.test(digits) ? Number(digits) : null;
}
